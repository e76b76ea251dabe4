/** What this package uses of `@xmpp/component-core` 0.13, which brings no types. */
declare module '@xmpp/component-core' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  interface Element {
    readonly name: string;
    readonly attrs: Record<string, string | undefined>;
    readonly children: (Element | string)[];
    is(name: string, namespace?: string): boolean;
  }

  interface Parser extends EventEmitter {
    readonly root: Element | null;
    write(text: string): void;
  }

  interface ComponentEvents {
    connect: [];
    element: [element: Element];
    stanza: [stanza: Element];
    error: [error: Error];
    close: [];
    disconnect: [];
  }

  export class Component extends EventEmitter<ComponentEvents> {
    constructor(options: { service: string; domain: string });
    /** How long to wait for each step of the negotiation and of the close, in milliseconds. */
    timeout: number;
    socket: Socket | null;
    parser: Parser | null;
    connect(service: string): Promise<void>;
    open(options: { domain: string }): Promise<Element>;
    authenticate(streamId: string, secret: string): Promise<void>;
    stop(): Promise<unknown>;
    protected socketParameters(service: string): { host: string; port: number };
    protected _onData(data: string): void;
    protected _onParserError(error: Error): void;
    protected _onStreamError(element: Element): void;
  }
}
