// What is used of @xmpp/client and @xmpp/xml 0.14; neither has types of its own.

declare module '@xmpp/xml' {
  export class Element {
    constructor(name: string, attrs?: Readonly<Record<string, string | undefined>>);
    readonly name: string;
    readonly attrs: Record<string, string>;
    readonly children: (Element | string)[];
    append(...nodes: readonly (Element | string)[]): void;
    toString(): string;
  }

  export class Parser {
    on(event: 'start' | 'element' | 'end', listener: (element: Element) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    write(text: string): void;
  }
}

declare module '@xmpp/client' {
  import type { Element } from '@xmpp/xml';

  interface TcpSocket {
    setEncoding(encoding: 'utf8'): void;
    destroy(): void;
  }

  interface WebSocketSocket {
    readonly socket: { terminate(): void } | null;
  }

  interface Client {
    readonly status: string;
    readonly socket: TcpSocket | WebSocketSocket | null;
    readonly reconnect: { stop(): void };
    readonly jid: { toString(): string } | null;
    readonly streamManagement: {
      readonly enabled: boolean;
      on(event: 'resumed', listener: () => void): unknown;
    };
    readonly iqCallee: Record<
      'get' | 'set',
      (
        namespace: string,
        name: string,
        handler: (context: { stanza: Element; element: Element }) => unknown,
      ) => void
    >;
    on(event: 'stanza' | 'nonza', listener: (stanza: Element) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'online' | 'connect' | 'disconnect', listener: () => void): this;
    start(): Promise<{ toString(): string }>;
    stop(): Promise<unknown>;
    disconnect(): Promise<unknown>;
    send(element: Element): Promise<void>;
    write(text: string): Promise<void>;
  }

  export function client(options: {
    readonly service: string;
    readonly domain: string;
    readonly username: string;
    readonly password: string;
    /** Chooses the way to log in; in place of `username` and `password`. */
    readonly credentials?: (
      login: (
        credentials: { readonly username: string; readonly password: string },
        mechanism: string,
      ) => Promise<void>,
    ) => Promise<void>;
    readonly resource?: string;
    readonly timeout?: number;
  }): Client;
}
