// What is used of @xmpp/client 0.14, which has no types of its own.
declare module '@xmpp/client' {
  import type { Answering, XmppClient } from '@xmpp-groups/client/xmpp-client';
  import type { XmlElement } from '@xmpp-groups/core/xml';

  interface Client extends XmppClient, Answering {
    on(event: 'stanza' | 'nonza', listener: (element: XmlElement) => void): unknown;
    on(event: 'online' | 'connect' | 'disconnect', listener: () => void): unknown;
    on(event: 'error', listener: (error: Error) => void): unknown;
    start(): Promise<unknown>;
    stop(): Promise<unknown>;
  }

  export function client(options: {
    readonly service: string;
    readonly domain: string;
    readonly username: string;
    readonly password: string;
  }): Client;
}
