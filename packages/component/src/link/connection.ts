/// <reference path="./xmpp-component-core.d.ts" />
import type { Socket } from 'node:net';
import { Component } from '@xmpp/component-core';
import { attr, element, text } from '@xmpp-groups/core/codec';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { elementsOf, localName, namespaceOf, textOf, type XmlElement } from '@xmpp-groups/core/xml';
import type { LinkProblem } from './link.js';
import { closeProblem, connectProblem, type Endpoint, STOPPED, StreamError } from './problems.js';

/** How long each step of the negotiation may take. */
const NEGOTIATION_MS = 10_000;
/** How long the server may take to close the stream from its side. */
const CLOSE_MS = 2_000;
const KEEP_ALIVE_MS = 30_000;

const STREAMS = 'urn:ietf:params:xml:ns:xmpp-streams';

/** What the server opens its stream with; the id is part of the proof that the secret is known. */
const streamHeader = element('stream', 'http://etherx.jabber.org/streams', 'XEP-0114 section 3', {
  id: attr('id', text).optional,
});

/**
 * xmpp.js's component connection, cured of what it does to a daemon: an exception of its XML parser, and
 * data after the end of the stream, ended the process; `see-other-host` made it connect elsewhere by itself;
 * IPv6 addresses were not understood; white space between stanzas was kept for ever; a long text took time that grew
 * with the square of its length.
 */
class GuardedComponent extends Component {
  readonly #endpoint: Endpoint;
  /** The beginning of a text or a tag whose end has not come. */
  #begun: string[] = [];

  constructor(endpoint: Endpoint) {
    super({ service: endpoint.host, domain: endpoint.domain });
    this.#endpoint = endpoint;
  }

  protected override socketParameters(): { host: string; port: number } {
    return { host: this.#endpoint.host, port: this.#endpoint.port };
  }

  /**
   * The parser puts what it has of a text in front of each chunk and goes through both again. Until a `>` comes nothing
   * can end that it would tell, and servers write one inside of a text as `&gt;`.
   */
  protected override _onData(data: string): void {
    if (this.parser === null) return;
    this.#begun.push(data);
    if (!data.includes('>')) return;
    const chunks = this.#begun;
    this.#begun = [];
    try {
      super._onData(chunks.join(''));
    } catch (error) {
      const problem = error instanceof Error ? error : new Error(String(error));
      problem.name = 'XMLError';
      if (this.parser !== null) this._onParserError(problem);
    }
    this.parser?.root?.children.splice(0);
  }

  protected override _onStreamError(error: XmlElement): void {
    let condition = 'undefined-condition';
    let detail = '';
    for (const child of elementsOf(error)) {
      if (namespaceOf(child) !== STREAMS) continue;
      if (localName(child) === 'text') detail = textOf(child);
      else condition = localName(child);
    }
    this.emit('error', new StreamError(condition, detail));
  }
}

/** An accepted component stream. */
export interface Connection {
  readonly socket: Socket;
  /** Fulfilled, with the reason, when nothing is left of the connection. Comes after `ended`. */
  readonly closed: Promise<LinkProblem>;
  /** Closes stream and connection; fulfilled when both are closed, at the latest after some seconds. */
  close(): Promise<void>;
  /** Cuts the connection at once; `ended` is called with `problem`. */
  cut(problem: LinkProblem): void;
}

/** What a connection calls: `opened` first, `ended` last, each at most once. */
export interface ConnectionListeners {
  readonly opened: (connection: Connection) => void;
  readonly stanza: (stanza: XmlElement) => void;
  /** The connection takes nothing any more; it may take a while until it is closed. */
  readonly ended: (problem: LinkProblem) => void;
}

/**
 * Connects to `endpoint` and does the handshake of XEP-0114, section 3. Given up when `signal` is aborted.
 * @returns the open connection, or why there is none
 */
export async function connect(
  endpoint: Endpoint,
  secret: string,
  listeners: ConnectionListeners,
  signal: AbortSignal,
): Promise<Result<Connection, LinkProblem>> {
  const component = new GuardedComponent(endpoint);
  let state: 'opening' | 'open' | 'over' = 'opening';
  let failure: Error | undefined;
  let reason = STOPPED;
  /** What came in one chunk with the server's `<handshake/>`. */
  const early: XmlElement[] = [];

  const over = (problem: LinkProblem): void => {
    if (state !== 'open') return;
    state = 'over';
    reason = problem;
    listeners.ended(problem);
    void component.stop().then(() => socket.destroy());
  };
  component.on('error', (error) => {
    failure ??= error;
    over(closeProblem(failure, endpoint));
  });
  component.on('close', () => over(closeProblem(failure, endpoint)));
  component.on('disconnect', () => over(closeProblem(failure, endpoint)));
  component.on('stanza', (stanza) => {
    if (state === 'open') listeners.stanza(stanza);
    else if (state === 'opening') early.push(stanza);
  });

  component.timeout = NEGOTIATION_MS;
  const connected = component.connect('');
  if (component.socket === null) throw new TypeError('@xmpp/component-core made no socket');
  const socket: Socket = component.socket;
  // Chunks of TCP end anywhere: without this, characters of several bytes break in the middle.
  socket.setEncoding('utf8');
  const gone = new Promise<never>((_resolve, reject) => {
    component.once('disconnect', () => reject(failure ?? new Error('closed')));
  });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(NEGOTIATION_MS)]);
  const giveUp = (): void => {
    socket.destroy(limit.reason);
  };
  limit.addEventListener('abort', giveUp);
  if (limit.aborted) giveUp();
  try {
    await Promise.race([negotiate(component, connected, endpoint.domain, secret), gone]);
  } catch (error) {
    state = 'over';
    socket.destroy();
    return err(connectProblem(failure ?? error, endpoint));
  } finally {
    limit.removeEventListener('abort', giveUp);
  }
  socket.setKeepAlive(true, KEEP_ALIVE_MS).setNoDelay(true);
  component.timeout = CLOSE_MS;
  state = 'open';
  const closed = new Promise<LinkProblem>((resolve) => {
    socket.once('close', () => resolve(reason));
  });
  const connection: Connection = {
    socket,
    closed,
    close: async () => {
      over(STOPPED);
      await closed;
    },
    cut: (problem) => {
      over(problem);
      socket.destroy();
    },
  };
  listeners.opened(connection);
  for (const stanza of early) listeners.stanza(stanza);
  return ok(connection);
}

async function negotiate(
  component: Component,
  connected: Promise<void>,
  domain: string,
  secret: string,
): Promise<void> {
  await connected;
  const header = await component.open({ domain });
  // xmpp.js hashes the low byte of each UTF-16 unit; given the UTF-8 bytes as such units it hashes those.
  const opened = streamHeader.parse(header);
  await component.authenticate(
    (opened.ok && opened.value.id) || '',
    Buffer.from(secret, 'utf8').toString('latin1'),
  );
}
