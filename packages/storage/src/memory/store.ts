import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import {
  type Change,
  type CommitOutcome,
  evolve,
  groupFrom,
  type LoadedGroup,
  type Store,
} from '@xmpp-groups/core/xabber';
import { pageOfMessages } from '../archive/page.js';
import { StoreError } from '../error.js';
import { type Archive, append, cutBack, emptyArchive, messageByOrigin } from './archive.js';
import { isListedFor, summaryOf } from './listing.js';
import { undoOf } from './undo.js';

interface Kept {
  readonly group: LoadedGroup;
  readonly archive: Archive;
  readonly revision: number;
}

const byJid = (one: Kept, other: Kept): number =>
  Buffer.compare(Buffer.from(one.group.jid), Buffer.from(other.group.jid));

/** A store that lasts as long as the process, for tests and for trying things out. */
export function openMemory(): Store {
  const groups = new Map<BareJid, Kept>();
  let open = true;

  const guarded = async <T>(work: () => T): Promise<T> => {
    if (!open) throw new StoreError('failed', 'the store is closed; open it again');
    return work();
  };
  const inOrder = (): Kept[] => [...groups.values()].sort(byJid);

  return {
    load: (jid) =>
      guarded(() => {
        const kept = groups.get(jid);
        if (kept === undefined) return undefined;
        const { group, revision } = kept;
        return { group: groupFrom(group, group.members.values(), group.blocks.values()), revision };
      }),
    commit: (changes) => guarded(() => commit(groups, changes)),
    findByOrigin: (jid, author, originId) =>
      guarded(() => {
        const kept = groups.get(jid);
        return kept === undefined ? undefined : messageByOrigin(kept.archive, author, originId);
      }),
    page: (jid, query) => guarded(() => pageOfMessages(groups.get(jid)?.archive.messages ?? [], query)),
    listedGroups: (host, asker) =>
      guarded(() =>
        inOrder()
          .filter(({ group }) => domainOf(group.jid) === host && isListedFor(group, asker))
          .map(({ group }) => summaryOf(group)),
      ),
    allGroups: () => guarded(() => inOrder().map(({ group }) => summaryOf(group))),
    totals: () =>
      guarded(() => {
        let members = 0;
        for (const { group } of groups.values()) members += group.size;
        return { groups: groups.size, members };
      }),
    remove: (jid) => guarded(() => groups.delete(jid)),
    close: async () => {
      open = false;
      groups.clear();
    },
  };
}

/** All changes or, when one of them cannot have happened, none. */
function commit(groups: Map<BareJid, Kept>, changes: readonly Change[]): CommitOutcome[] {
  const undo: (() => void)[] = [];
  try {
    return changes.map((change) => {
      const kept = groups.get(change.group);
      if ((kept?.revision ?? 0) !== change.revision) return 'conflict';
      undo.push(undoOfChange(groups, change, kept));
      apply(groups, change, kept);
      return 'committed';
    });
  } catch (cause) {
    for (const step of undo.reverse()) step();
    throw cause;
  }
}

function apply(groups: Map<BareJid, Kept>, change: Change, kept: Kept | undefined): void {
  const archive = kept?.archive ?? emptyArchive();
  let group = kept?.group;
  for (const event of change.events) {
    group = evolve(group, change.group, event);
    if (event.kind === 'messagePosted') append(archive, event.message);
  }
  if (group === undefined) throw new Error(`${change.group}: a change without events before its creation`);
  groups.set(change.group, { group, archive, revision: change.revision + 1 });
}

function undoOfChange(groups: Map<BareJid, Kept>, change: Change, kept: Kept | undefined): () => void {
  if (kept === undefined) return () => groups.delete(change.group);
  const groupBefore = undoOf(kept.group, change.events);
  const length = kept.archive.messages.length;
  return () => {
    cutBack(kept.archive, length);
    groups.set(change.group, { ...kept, group: groupBefore() });
  };
}
