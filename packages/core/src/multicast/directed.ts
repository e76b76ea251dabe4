import type { FullJid, Jid } from '../jid/index.js';

/** Whom a service has told, for whom, that he is available. */
export type DirectedPresence = ReadonlyMap<FullJid, ReadonlySet<Jid>>;

/** Of one sender no more is kept; a list of friends is shorter. */
const MOST_RECIPIENTS = 10_000;

/**
 * Who is to be told that `sender` has gone, when he has, and what is known afterwards: whoever got his available
 * presence through the service and has not got another since (RFC 6121, section 4.6; reference 3.8).
 * @param recipients whom this presence goes to through the service; none when it tells the service itself
 */
export function noteDirected(
  known: DirectedPresence,
  sender: FullJid,
  type: 'unavailable' | undefined,
  recipients: readonly Jid[],
): { readonly known: DirectedPresence; readonly farewell: readonly Jid[] } {
  const told = known.get(sender) ?? new Set<Jid>();
  const left = new Set(told);
  if (type === undefined) for (const jid of recipients) left.add(jid);
  else for (const jid of recipients) left.delete(jid);
  const farewell = type === 'unavailable' && recipients.length === 0 ? [...told] : [];
  const next = new Map(known);
  if (left.size === 0 || farewell.length > 0) next.delete(sender);
  else next.set(sender, new Set([...left].slice(0, MOST_RECIPIENTS)));
  return { known: next, farewell };
}
