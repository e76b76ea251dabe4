/** A component that may connect to a server (XEP-0114). */
export interface ComponentAccount {
  /** Such as `groups.localhost`. */
  readonly domain: string;
  readonly secret: string;
}

/** Ports to use instead of free ones; for a server that keeps its data and its place. */
export interface ServerPorts {
  readonly c2s?: number;
  readonly http?: number;
  /** By the component's domain. */
  readonly components?: Readonly<Record<string, number>>;
}

/** How the server archives its users' messages (XEP-0313), `false`: not at all. */
export type ArchiveOptions = false | { readonly default: 'always' | 'never' | 'roster' };

/** What every kind of server is started with. */
export interface ServerOptions {
  /** Where configuration, data and logs go. A temporary folder, removed at the end, when not given. */
  readonly dir?: string;
  readonly ports?: ServerPorts;
  readonly components?: readonly ComponentAccount[];
  /** Whether `conference.localhost` serves MUC rooms (XEP-0045). Off by default. */
  readonly muc?: boolean;
  /** `{ default: 'always' }` unless given. */
  readonly mam?: ArchiveOptions;
  /** Milliseconds until a server that is not ready counts as failed. 30,000 unless given. */
  readonly startLimit?: number;
}

/** A private XMPP server on loopback that serves the domain `localhost`, without TLS. */
export interface XmppServer {
  readonly kind: 'ejabberd' | 'prosody';
  /** The XMPP domain. */
  readonly host: 'localhost';
  readonly dir: string;
  readonly c2sPort: number;
  readonly httpPort: number;
  /** Where components connect to, by domain. */
  readonly componentPorts: Readonly<Record<string, number>>;
  /** XMPP over WebSocket (RFC 7395). */
  readonly websocketUrl: string;
  readonly pid: number;
  readonly logFile: string;
  /** The port for the component `domain`. Throws when the server was started without it. */
  componentPort(domain: string): number;
  /** Makes an account. Rejects when it exists or the name is not allowed. */
  register(user: string, password: string): Promise<void>;
  /** Removes an account with its roster. */
  unregister(user: string): Promise<void>;
  /** User and system time of the server's process so far, in seconds. */
  cpuSeconds(): number;
  /** Ends the server in good order and waits for its end. */
  stop(): Promise<void>;
  /**
   * Ends the server as a crash would, and waits for its end. ejabberd writes accounts and rosters to disk
   * some seconds late: what a crash must not lose has to be older than its last `stop`.
   */
  kill9(): Promise<void>;
}

/** Looks a component's port up. */
export function portOf(ports: Readonly<Record<string, number>>, domain: string): number {
  const port = ports[domain];
  if (port === undefined) {
    throw new Error(
      `The server was started without the component ${domain}; it has ${Object.keys(ports).join(', ') || 'none'}.`,
    );
  }
  return port;
}
