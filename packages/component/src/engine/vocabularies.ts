import type { Jid } from '@xmpp-groups/core/jid';
import type { GroupCommand } from '@xmpp-groups/core/xabber';

/** Which devices speak the words of the first generation, as far as they have shown it. */
export interface Vocabularies {
  /**
   * Takes note of the words in which a device asks. What reads the same in all of them, a request for history or
   * that the device is available, is given those that the device spoke before.
   */
  worded(from: Jid, command: GroupCommand): GroupCommand;
}

/** So many devices are known at most; the one that has not been heard of for longest goes first. */
const MOST = 10_000;

/** In memory alone: a device shows it again whenever it opens a chat. */
export function vocabularies(most: number = MOST): Vocabularies {
  const known = new Set<Jid>();
  return {
    worded: (from, command) => {
      if (command.kind === 'disappeared') known.delete(from);
      else if (command.vocabulary !== undefined) {
        known.delete(from);
        known.add(from);
        const [oldest] = known;
        if (known.size > most && oldest !== undefined) known.delete(oldest);
      } else if ((command.kind === 'archive' || command.kind === 'appeared') && known.has(from)) {
        return { ...command, vocabulary: 'v0' };
      }
      return command;
    },
  };
}
