import type { Jid } from '../jid/index.js';
import { err, ok, type Result } from '../result.js';
import { refusal, type StanzaError } from '../stanza/index.js';
import { type Address, addresses } from '../xep/index.js';
import type { XmlElement } from '../xml/element.js';
import type { Scope } from '../xml/scope.js';

/** An address that a copy goes to. */
export type Recipient = Address & { readonly jid: Jid; readonly type: 'to' | 'cc' | 'bcc' };

export interface RecipientList {
  /** Each JID once, in the order of the list. */
  readonly recipients: readonly Recipient[];
  /** What is passed on as it is: who got the stanza before, and where answers go. Without any `bcc`. */
  readonly others: readonly Address[];
}

/** The more open types come first: who is named openly and blindly is no secret (reference 3.8). */
const ROUTING = ['to', 'cc', 'bcc'] as const;

const isRouting = ({ type }: Address): boolean => ROUTING.some((routing) => routing === type);

const isRecipient = (address: Address): address is Recipient =>
  isRouting(address) && address.jid !== undefined;

/**
 * The recipients that a list names, or why it is refused as a whole (XEP-0033, sections 4 and 8; reference 3.8).
 * @param scope the namespaces in force around the list
 */
export function recipientsIn(list: XmlElement, scope: Scope): Result<RecipientList, StanzaError> {
  const read = addresses.parse(list, scope);
  if (!read.ok) return err(unreadable(read.error.path, read.error.reason));
  const all = read.value.addresses;
  if (all.length === 0) return err(refusal('bad-request', 'The list of addresses is empty'));
  const open = all.filter(({ delivered }) => delivered !== true);
  for (const address of open) {
    const fault = faultOf(address);
    if (fault !== undefined) return err(fault);
  }
  const done = all.filter((address) => address.delivered === true && address.type !== 'bcc');
  const served = new Set(all.flatMap((address) => (address.delivered === true ? [address.jid] : [])));
  const wanted = open.filter(isRecipient).filter(({ jid }) => !served.has(jid));
  const chosen = new Map<Jid, Recipient>();
  for (const type of ROUTING) {
    for (const address of wanted) {
      if (address.type === type && !chosen.has(address.jid)) chosen.set(address.jid, address);
    }
  }
  return ok({
    recipients: wanted.filter((address) => chosen.get(address.jid) === address),
    others: [...done, ...open.filter((address) => !isRouting(address))],
  });
}

function unreadable(path: string, reason: string): StanzaError {
  const text = `${path}: ${reason}`;
  if (path.endsWith('@jid')) return refusal('jid-malformed', text);
  return reason.startsWith('more than') ? refusal('not-acceptable', text) : refusal('bad-request', text);
}

function faultOf(address: Address): StanzaError | undefined {
  const { type, jid, uri, node } = address;
  if (uri !== undefined && (jid !== undefined || node !== undefined)) {
    return refusal('bad-request', 'An address is a URI, or else a JID with or without a node');
  }
  if (isRouting(address) && jid === undefined) {
    return refusal('jid-malformed', uri === undefined ? 'An address has no JID' : `Not understood: ${uri}`);
  }
  return jid === undefined && uri === undefined && type !== 'noreply'
    ? refusal('bad-request', `An address of type ${type} has neither a JID nor a URI`)
    : undefined;
}
