import type { MemberId } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';

interface Sight {
  readonly at: number;
  /** The version of the member list that came of it; `undefined`: none. */
  readonly version: number | undefined;
}

/**
 * When members were last seen, in one change of a group: written once for each of them, however much they
 * have posted and however often they came and went.
 */
export interface Seen {
  note(member: MemberId, at: number, version?: number): void;
  /** Writes what was noted of one member; has to come before anything else is written of him. */
  write(head: Head, member: MemberId): void;
  /** Writes what is left. */
  writeAll(head: Head): void;
  forget(): void;
}

/** @throws Error (from the writers) when somebody was seen whom the group does not know */
export function seenIn(db: Database): () => Seen {
  const see = db.prepare<[number, number | undefined, number, string]>(
    'UPDATE members SET last_seen = ?, version = coalesce(?, version) WHERE group_id = ? AND member = ?',
  );

  return () => {
    const sights = new Map<MemberId, Sight>();
    const write = (head: Head, member: MemberId): void => {
      const sight = sights.get(member);
      if (sight === undefined) return;
      sights.delete(member);
      const { changes } = see.run(sight.at, sight.version, head.id, member);
      if (changes === 0) throw new Error(`an event names the unknown member ${member}`);
    };
    return {
      note: (member, at, version) => {
        sights.set(member, { at, version: version ?? sights.get(member)?.version });
      },
      write,
      writeAll: (head) => {
        for (const member of [...sights.keys()]) write(head, member);
      },
      forget: () => sights.clear(),
    };
  };
}
