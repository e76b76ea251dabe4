import type { BareJid } from '@xmpp-groups/core/jid';
import type { LinkProblem } from './link.js';

/** Where a component link goes and what it serves. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly domain: BareJid;
}

/** A stream error that the server sent (RFC 6120, section 4.9). */
export class StreamError extends Error {
  constructor(
    readonly condition: string,
    readonly detail: string,
  ) {
    super(detail === '' ? condition : `${condition}: ${detail}`);
    this.name = 'StreamError';
  }
}

/** `host:port` as people write it, IPv6 addresses in brackets. */
export const hostAndPort = ({ host, port }: { host: string; port: number }): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** What the stream errors that an operator meets mean for a component, and how to mend them. */
const REFUSALS: Readonly<Record<string, (endpoint: Endpoint) => string>> = {
  'not-authorized': ({ domain }) =>
    `the server refused the secret of ${domain}; make component.secret, and component.domain, those in the server's configuration`,
  'host-unknown': ({ domain }) =>
    `the server knows no component ${domain}; declare it in the server's configuration, or correct component.domain`,
  'host-gone': ({ domain }) =>
    `the server serves ${domain} no longer; declare it in the server's configuration, or correct component.domain`,
  conflict: ({ domain }) => `another connection serves ${domain} already; stop the other daemon`,
  'invalid-namespace': (endpoint) =>
    `${hostAndPort(endpoint)} is no component port; give component.port the server's port for XEP-0114`,
  'system-shutdown': (endpoint) =>
    `the server at ${hostAndPort(endpoint)} is shutting down; wait or start it again`,
};

function refused(error: StreamError, endpoint: Endpoint): LinkProblem {
  const known = REFUSALS[error.condition];
  const sentence =
    known?.(endpoint) ??
    `the server at ${hostAndPort(endpoint)} ended the stream with ${error.message}; look into the server's log`;
  return { kind: 'refused', condition: error.condition, sentence };
}

const unreachable = (sentence: string): LinkProblem => ({ kind: 'unreachable', sentence });

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The problem behind an error that came up while connecting to `endpoint`. */
export function connectProblem(error: unknown, endpoint: Endpoint): LinkProblem {
  if (error instanceof StreamError) return refused(error, endpoint);
  const where = hostAndPort(endpoint);
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
      return unreachable(
        `nothing listens on ${where}; start the server, or correct component.host and component.port`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(
        `there is no address for ${endpoint.host}; correct component.host, or the name service`,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unreachable(`there is no route to ${where}; correct component.host, or the network`);
  }
  const name = error instanceof Error ? error.name : undefined;
  if (name === 'XMLError') {
    return unreachable(`${where} does not speak XMPP; give component.port the server's port for XEP-0114`);
  }
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') {
    return unreachable(
      `${where} did not answer in time; check component.host, component.port and the firewall`,
    );
  }
  return unreachable(
    `the connection to ${where} failed (${code ?? 'closed by the server'}); check that it is a component port`,
  );
}

/** The problem behind the end of a link that was up; `error` is `undefined` when the server just closed it. */
export function closeProblem(error: unknown, endpoint: Endpoint): LinkProblem {
  if (error instanceof StreamError) return refused(error, endpoint);
  const where = hostAndPort(endpoint);
  if (error === undefined)
    return { kind: 'closed', sentence: `the server at ${where} closed the connection` };
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'closed', sentence: `the connection to ${where} broke: ${reason}` };
}

/** The problem when nothing came from the server after a ping. */
export const silence = (endpoint: Endpoint): LinkProblem => ({
  kind: 'silent',
  sentence: `the server at ${hostAndPort(endpoint)} stopped answering; connecting again`,
});

export const STOPPED: LinkProblem = { kind: 'stopped', sentence: 'the link was stopped' };
