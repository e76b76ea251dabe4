import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import { type ArchivedMessage, groupFrom, type Store } from '@xmpp-groups/core/xabber';
import { pageOfMessages, previousOf } from '../archive/page.js';
import { StoreError } from '../error.js';
import { messageById, messageByOrigin } from './archive.js';
import { committer, type KeptGroups, retire, withoutOrder } from './commit.js';
import { endsIn } from './ends.js';
import { isListedFor, summaryOf } from './listing.js';
import { knows, tracesIn } from './traces.js';

const byJid = (one: BareJid, other: BareJid): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** A store that lasts as long as the process, for tests and for trying things out. */
export function openMemory(): Store {
  const groups: KeptGroups = { byJid: new Map(), answers: new Map(), lastRetired: 0 };
  const commit = committer(groups);
  let open = true;

  const guarded = async <T>(work: () => T): Promise<T> => {
    if (!open) throw new StoreError('failed', 'the store is closed; open it again');
    return work();
  };
  const inOrder = () =>
    [...groups.byJid.values()].sort((one, other) => byJid(one.group.jid, other.group.jid));

  return {
    load: (jid) =>
      guarded(() => {
        const kept = groups.byJid.get(jid);
        if (kept === undefined) return undefined;
        const { group, archive, revision } = kept;
        const lists = {
          members: group.members.values(),
          blocks: group.blocks.values(),
          defaultRestrictions: group.defaultRestrictions,
          disclosures: group.disclosures.values(),
          privateChats: group.privateChats,
        };
        const newestStanzaId = previousOf(archive.messages, Number.POSITIVE_INFINITY);
        return { group: groupFrom({ ...group, newestStanzaId }, lists), revision };
      }),
    revision: (jid) => guarded(() => groups.byJid.get(jid)?.revision ?? 0),
    commit: (changes) => guarded(() => commit(changes)),
    answered: (name) => guarded(() => groups.answers.get(name)),
    findByOrigin: (jid, author, originId) =>
      guarded(() => {
        const archive = groups.byJid.get(jid)?.archive;
        return archive && messageByOrigin(archive, author, originId);
      }),
    message: (jid, id) =>
      guarded(() => {
        const archive = groups.byJid.get(jid)?.archive;
        return archive && messageById(archive, id);
      }),
    rewrites: (jid, since, max) =>
      guarded(() =>
        (groups.byJid.get(jid)?.archive.rewrites ?? [])
          .filter(({ version }) => version > since)
          .slice(0, max)
          .map(({ version, notification }) => ({ version, notification })),
      ),
    traces: (jid, of, before, max) =>
      guarded(() => tracesIn(groups.byJid.get(jid)?.archive.messages ?? [], of, before, max)),
    groupsOf: (jid) =>
      guarded(() =>
        inOrder()
          .filter(({ group }) => knows(group, jid))
          .map(({ group }) => group.jid),
      ),
    avatar: (jid, id) => guarded(() => withoutOrder(groups.byJid.get(jid)?.avatars.get(id))),
    avatarById: (host, id, accepts = () => true) =>
      guarded(() => {
        const images = [...groups.byJid.values()]
          .filter(({ group }) => domainOf(group.jid) === host)
          .flatMap(({ avatars }) => avatars.get(id) ?? []);
        // The oldest: who comes later with the same id does not put his image in place of it.
        return withoutOrder(images.sort((one, other) => one.order - other.order).find(accepts));
      }),
    orphans: () =>
      guarded(() =>
        inOrder()
          .filter(({ group: { jid, parent } }) => parent !== undefined && !hasChat(groups, parent, jid))
          .map(({ group }) => group.jid),
      ),
    expiring: (until) =>
      guarded(() =>
        endsIn(
          inOrder().map(({ group }) => group),
          until,
        ),
      ),
    previous: (jid, before, except) =>
      guarded(() => previousOf(groups.byJid.get(jid)?.archive.messages ?? [], before, except)),
    page: (jid, query) =>
      guarded(() => {
        const all = groups.byJid.get(jid)?.archive.messages ?? [];
        const page = pageOfMessages(all, query);
        const place = (message: ArchivedMessage) => ({
          ...message,
          previous: previousOf(all, message.stanzaId),
        });
        return { ...page, messages: page.messages.map(place) };
      }),
    listedGroups: (host, asker) =>
      guarded(() =>
        inOrder()
          .filter(({ group }) => domainOf(group.jid) === host && isListedFor(group, asker))
          .map(({ group }) => summaryOf(group)),
      ),
    allGroups: () => guarded(() => inOrder().map(({ group }) => summaryOf(group))),
    jidsOn: (host) =>
      guarded(() =>
        inOrder()
          .map(({ group }) => group.jid)
          .filter((jid) => domainOf(jid) === host),
      ),
    totals: () =>
      guarded(() => {
        let members = 0;
        for (const { group } of groups.byJid.values()) members += group.size;
        return { groups: groups.byJid.size, members };
      }),
    remove: (jid) => guarded(() => retire(groups, jid)),
    close: async () => {
      open = false;
      groups.byJid.clear();
    },
  };
}

/** Whether there is such a group, and it knows of this private chat. */
const hasChat = ({ byJid }: KeptGroups, parent: BareJid, chat: BareJid): boolean =>
  [...(byJid.get(parent)?.group.privateChats.values() ?? [])].includes(chat);
