import { randomBytes } from 'node:crypto';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { LinkProblem } from '../link/link.js';
import { type Frame, KEY_BYTES, type ShimFrame, VERSION } from './frames.js';
import {
  type BridgeEndpoint,
  notTheProtocol,
  turnedAway,
  wrongDomain,
  wrongProof,
  wrongVersion,
} from './problems.js';
import { isSameProof, proofOf, type Said } from './proof.js';
import type { Session } from './session.js';
import { encodeFrame } from './write-frame.js';

/** The module has let this daemon in. */
export interface Admission {
  readonly welcome: Extract<ShimFrame, { kind: 'welcome' }>;
  /** Which life of the module it is. */
  readonly incarnation: Buffer;
}

/** What a daemon wants of the module. */
export interface RunnerRole {
  /** Whether it serves groups, and gets stanzas; otherwise it only listens. */
  readonly serves: boolean;
  /** The names of the events in the server that it wants to hear of, such as `remove_user`. */
  readonly events: readonly string[];
}

/** The first steps on a connection: each side proves that it knows the secret, and none sends it. */
export interface Handshake {
  /**
   * Takes the next frame of the module.
   * @returns what to answer; or that this daemon is in; or why it is not
   */
  step(frame: Frame): Result<Buffer | Admission, LinkProblem>;
}

export function createHandshake(
  endpoint: BridgeEndpoint,
  secret: string,
  session: Pick<Session, 'id' | 'received'>,
  { serves, events }: RunnerRole,
): Handshake {
  const own = randomBytes(KEY_BYTES);
  let said: Said | undefined;
  return {
    step: (frame) => {
      if (said === undefined) {
        if (frame.kind !== 'hello') return err(notTheProtocol(endpoint, `it begins with ${frame.kind}`));
        if (frame.version !== VERSION) return err(wrongVersion(frame.version));
        said = { theirs: frame.nonce, own, incarnation: frame.incarnation, session: session.id };
        return ok(
          encodeFrame({
            kind: 'prove',
            version: VERSION,
            session: session.id,
            nonce: own,
            proof: proofOf('runner', secret, said),
            received: session.received(),
            serves,
            events,
          }),
        );
      }
      if (frame.kind === 'refuse') return err(turnedAway(frame.reason, frame.text, endpoint));
      if (frame.kind !== 'welcome') return err(notTheProtocol(endpoint, `it answers with ${frame.kind}`));
      if (!isSameProof(frame.proof, proofOf('shim', secret, said))) return err(wrongProof(endpoint));
      const { domain } = endpoint;
      if (domain !== undefined && frame.domain !== domain) return err(wrongDomain(domain, frame.domain));
      return ok({ welcome: frame, incarnation: said.incarnation });
    },
  };
}
