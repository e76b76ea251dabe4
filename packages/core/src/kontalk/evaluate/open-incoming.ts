import type { BareJid } from '../../jid/index.js';
import type { XmlElement } from '../../xml/element.js';
import { containerIn } from '../containers/container.js';
import { open } from '../containers/open.js';
import type { OpenPgp } from '../containers/open-pgp.js';
import { verdictOf } from '../containers/verdict.js';
import { clientMessage } from '../elements/message.js';
import type { KeysOf } from '../keys/choose-keys.js';
import type { Incoming, Verdict } from './incoming.js';
import { unwrap } from './unwrap.js';

/** What opening needs besides the stanza. */
export interface Opening {
  readonly me: BareJid;
  /** When the stanza arrived, in milliseconds since the epoch. */
  readonly receivedAt: number;
  /** When the own server took it in, when it says so (XEP-0203); not what other entities claim. */
  readonly delayStamp?: number | undefined;
  readonly keysOf: KeysOf;
}

const FORGED: Verdict = { kind: 'failed', reason: 'bad-signature' };

/**
 * A delivered message with the verdict on its container, for `evaluate`. Copies and archived messages are unwrapped
 * first, so that the signature is held against the sender of the very message whose group is changed, and not against
 * whoever stands on the wrapper (reference 2.6, P2 to P4; 2.10, number 16). Never rejects because of the stanza.
 */
export async function openIncoming(
  stanza: XmlElement,
  { me, receivedAt, delayStamp, keysOf }: Opening,
  openPgp: OpenPgp,
): Promise<Incoming> {
  const incoming = (verdict: Verdict): Incoming => ({ stanza, verdict, receivedAt, delayStamp });
  const unwrapped = unwrap(stanza, me);
  const message = unwrapped.ok ? clientMessage.parse(unwrapped.value.message) : undefined;
  if (!unwrapped.ok || message?.ok !== true) return incoming(FORGED);
  const { from, payload } = message.value;
  if (containerIn(payload) === undefined) return incoming({ kind: 'cleartext' });
  if (from === undefined) return incoming(FORGED);
  const at = delayStamp ?? unwrapped.value.delayStamp ?? receivedAt;
  return incoming(verdictOf(await open(payload, { from, me, at, keysOf }, openPgp)));
}
