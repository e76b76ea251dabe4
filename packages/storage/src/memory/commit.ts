import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type AvatarImage,
  type Change,
  type CommitOutcome,
  type DatedEvent,
  evolve,
  type LoadedGroup,
} from '@xmpp-groups/core/xabber';
import { append, cleaned, cutBack, emptyArchive, type KeptArchive, rewritten } from './archive.js';
import { undoOf } from './undo.js';

/** An image, and how many were stored before it. */
interface KeptAvatar extends AvatarImage {
  readonly order: number;
}

/** A group with what belongs to it. A change makes a new object of it; `group` and `archive` grow in place. */
export interface Kept {
  readonly group: LoadedGroup;
  readonly archive: KeptArchive;
  readonly avatars: ReadonlyMap<string, KeptAvatar>;
  readonly revision: number;
}

export interface KeptGroups {
  readonly byJid: Map<BareJid, Kept>;
  /** What requests were answered with, by their names. */
  readonly answers: Map<string, string>;
  /** No group that is gone was at a revision above this one: new groups begin behind it. */
  lastRetired: number;
}

/** Takes a group away; `false` when there was none. */
export function retire(groups: KeptGroups, jid: BareJid): boolean {
  const revision = groups.byJid.get(jid)?.revision ?? 0;
  groups.lastRetired = Math.max(groups.lastRetired, revision);
  return groups.byJid.delete(jid);
}

export const withoutOrder = (kept: KeptAvatar | undefined): AvatarImage | undefined =>
  kept && { id: kept.id, mediaType: kept.mediaType, base64: kept.base64 };

/** The writer of changes: all of one call or, when one of them cannot have happened, none. */
export function committer(groups: KeptGroups): (changes: readonly Change[]) => CommitOutcome[] {
  let images = 0;

  const after = (before: Kept | undefined, jid: BareJid, event: DatedEvent): Kept | undefined => {
    const last = before?.group.lastStanzaId ?? 0;
    const group = evolve(before?.group, jid, event);
    if (group === undefined) return undefined;
    const kept: Kept = {
      group,
      archive: before?.archive ?? emptyArchive(),
      avatars: before?.avatars ?? new Map(),
      revision: before?.revision ?? groups.lastRetired + 1,
    };
    switch (event.kind) {
      case 'messagePosted':
        append(kept.archive, event.message, last);
        return kept;
      case 'messageRetracted':
      case 'historyRetracted':
      case 'messageReplaced':
        return { ...kept, archive: rewritten(kept.archive, event) };
      case 'avatarStored': {
        const { id, mediaType, base64 } = event;
        const order = kept.avatars.get(id)?.order ?? images++;
        return { ...kept, avatars: new Map(kept.avatars).set(id, { id, mediaType, base64, order }) };
      }
      case 'messagesCleaned':
      case 'rewritesCleaned':
        return { ...kept, archive: cleaned(kept.archive, event) };
      case 'avatarForgotten':
        return { ...kept, avatars: without(kept.avatars, event.id) };
      default:
        return kept;
    }
  };

  const apply = (
    { group, revision, events, answered = [] }: Change,
    before: Kept | undefined,
  ): CommitOutcome => {
    if (before === undefined && events.length === 0) {
      throw new Error(`${group}: a change without events before its creation`);
    }
    let kept = before && { ...before, revision: revision + 1 };
    for (const event of events) {
      kept = after(kept, group, event);
      if (kept === undefined) retire(groups, group);
    }
    if (kept !== undefined) groups.byJid.set(group, kept);
    for (const { name, payload } of answered) groups.answers.set(name, payload);
    return { revision: kept?.revision ?? 0 };
  };

  return (changes) => {
    const undo: (() => void)[] = [];
    try {
      return changes.map((change) => {
        const kept = groups.byJid.get(change.group);
        if ((kept?.revision ?? 0) !== change.revision) return 'conflict';
        undo.push(undoOfChange(groups, change, kept));
        return apply(change, kept);
      });
    } catch (cause) {
      for (const step of undo.reverse()) step();
      throw cause;
    }
  };
}

function without(avatars: Kept['avatars'], id: string): Kept['avatars'] {
  const left = new Map(avatars);
  left.delete(id);
  return left;
}

function undoOfChange(groups: KeptGroups, change: Change, kept: Kept | undefined): () => void {
  const forgetAnswers = (): void => {
    for (const { name } of change.answered ?? []) groups.answers.delete(name);
  };
  if (kept === undefined) {
    return () => {
      forgetAnswers();
      groups.byJid.delete(change.group);
    };
  }
  const groupBefore = undoOf(kept.group, change.events);
  const length = kept.archive.messages.length;
  return () => {
    forgetAnswers();
    cutBack(kept.archive, length);
    groups.byJid.set(change.group, { ...kept, group: groupBefore() });
  };
}
