import type { MessageName } from '../command.js';
import type { ArchivedMessage } from '../model/events.js';
import type { MemberId } from '../model/group.js';
import type { ArchiveQuery } from '../store.js';

/**
 * A message to be found in the Store: by its id in the archive; else by the origin-id that `by`, who asks, gave
 * it; else among the latest ones, see `LATEST`.
 */
export interface NamedMessage extends MessageName {
  readonly by?: MemberId | undefined;
}

/**
 * Where a message is looked for of which only the `id` of its stanza is known: nothing else finds it, and
 * messages that are corrected, retracted or just seen are among the latest.
 */
export const LATEST: ArchiveQuery = { page: { cursor: undefined, direction: 'backward', max: 100 } };

/** The newest of `messages` that is called so, one of `by` before all others. */
export function calledSo(
  messages: readonly ArchivedMessage[],
  { called, by }: NamedMessage,
): ArchivedMessage | undefined {
  if (called === undefined) return undefined;
  const found = messages.filter(({ id, originId }) => id === called || originId === called);
  return found.findLast(({ author }) => author === by) ?? found.at(-1);
}
