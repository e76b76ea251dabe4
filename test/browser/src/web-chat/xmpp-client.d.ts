// What is used of @xmpp/client 0.14, which has no types of its own.
declare module '@xmpp/client' {
  import type { XmppClient } from '@xmpp-groups/client/xmpp-client';

  type Client = XmppClient & {
    on(event: 'error', listener: (error: Error) => void): unknown;
    start(): Promise<unknown>;
  };

  export function client(options: {
    readonly service: string;
    readonly domain: string;
    readonly username: string;
    readonly password: string;
  }): Client;
}
