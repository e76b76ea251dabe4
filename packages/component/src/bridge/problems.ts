import type { BareJid } from '@xmpp-groups/core/jid';
import type { LinkProblem } from '../link/link.js';
import { type BridgeAddress, shownAddress } from './address.js';
import { VERSION } from './frames.js';

/** Where the module inside ejabberd listens, and what it is expected to serve. */
export interface BridgeEndpoint {
  readonly address: BridgeAddress;
  /** `undefined`: whatever it serves. */
  readonly domain?: BareJid;
}

const MODULE = 'mod_xmpp_groups';

const refused = (condition: string, sentence: string): LinkProblem => ({
  kind: 'refused',
  condition,
  sentence,
});

const keysOf = ({ address }: BridgeEndpoint): string =>
  'socket' in address ? 'ejabberd.socket' : 'ejabberd.host and ejabberd.port';

export const wrongVersion = (version: number): LinkProblem =>
  refused(
    'unsupported-version',
    `${MODULE} speaks version ${version} of the protocol and this daemon ${VERSION}; install the two of one release`,
  );

/** What answered cannot prove that it knows the secret. */
export const wrongProof = (endpoint: BridgeEndpoint): LinkProblem =>
  refused(
    'not-authorized',
    `what listens at ${shownAddress(endpoint.address)} does not know ejabberd.secret; correct ${keysOf(endpoint)}, or the secret`,
  );

export const wrongDomain = (domain: BareJid, served: string): LinkProblem =>
  refused(
    'host-unknown',
    `${MODULE} serves ${served} and not ${domain}; make ejabberd.domain the host of ${MODULE} in ejabberd.yml`,
  );

/** Why the module turned this daemon away, by the number that it gave (docs/shim-protocol.md). */
export function turnedAway(reason: number, text: string, endpoint: BridgeEndpoint): LinkProblem {
  switch (reason) {
    case 1:
      return refused('unsupported-version', `${MODULE}: ${text}; install the two of one release`);
    case 2:
      return refused(
        'not-authorized',
        `${MODULE} refused the secret${endpoint.domain === undefined ? '' : ` of ${endpoint.domain}`}; make ejabberd.secret the secret of ${MODULE} in ejabberd.yml`,
      );
    case 3:
      return refused(
        'conflict',
        `${MODULE} is not done with an earlier connection of this daemon yet; it will be soon`,
      );
    default:
      return refused(
        'undefined-condition',
        `${MODULE} turned this daemon away: ${text}; look into ejabberd's log`,
      );
  }
}

export const notTheProtocol = (endpoint: BridgeEndpoint, reason: string): LinkProblem => ({
  kind: 'unreachable',
  sentence: `${shownAddress(endpoint.address)} does not speak the protocol of ${MODULE} (${reason}); correct ${keysOf(endpoint)}`,
});

export const brokenFrame = (endpoint: BridgeEndpoint, reason: string): LinkProblem => ({
  kind: 'closed',
  sentence: `${MODULE} at ${shownAddress(endpoint.address)} sent ${reason}; install the two of one release`,
});

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The problem behind an error that came up before the module had let this daemon in. */
export function connectProblem(error: unknown, endpoint: BridgeEndpoint): LinkProblem {
  const where = shownAddress(endpoint.address);
  const unreachable = (sentence: string): LinkProblem => ({ kind: 'unreachable', sentence });
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return unreachable(
        `nothing listens on ${where}; start ejabberd with ${MODULE}, or correct ${keysOf(endpoint)}`,
      );
    case 'EACCES':
      return unreachable(`this user may not use ${where}; give him access to it`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`there is no address for ${where}; correct ejabberd.host`);
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    return unreachable(
      `${where} did not answer in time; check ${keysOf(endpoint)}, and whether ejabberd runs`,
    );
  }
  return unreachable(
    `the connection to ${where} failed (${code ?? 'closed by the server'}); check that it is the address of ${MODULE}`,
  );
}

/** The problem behind the end of a link that was up. */
export const closeProblem = (error: Error | undefined, { address }: BridgeEndpoint): LinkProblem => ({
  kind: 'closed',
  sentence:
    error === undefined
      ? `ejabberd closed the connection to ${shownAddress(address)}`
      : `the connection to ${shownAddress(address)} broke: ${error.message}`,
});
