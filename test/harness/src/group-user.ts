import { randomUUID } from 'node:crypto';
import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf, parseBareJid } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import {
  type CreateRequest,
  create,
  type GroupInfo,
  members,
  readGroupPresence,
  replace,
  retractMessage,
  rewriteQuery,
} from '@xmpp-groups/core/xabber';
import { archiveEnd, archiveQuery, formField, formOf, originId, type Rsm } from '@xmpp-groups/core/xep';
import { NS, textOf, type XmlElement, xml } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';
import { type GroupCards, groupCards } from './group-cards.js';
import { type GroupCompany, groupCompany } from './group-company.js';
import {
  type ArchivedItem,
  type GroupMessage,
  readArchived,
  readEcho,
  readGroupMessage,
} from './group-messages.js';
import { type GroupRights, groupRights } from './group-rights.js';
import { payloadOf } from './payload.js';
import { type RewriteNotice, readRewrite } from './rewrites.js';

/** A page of a group's archive, as it was asked for. */
export interface HistoryPage {
  readonly items: readonly ArchivedItem[];
  readonly complete: boolean;
  readonly queryId: string | undefined;
  readonly rsm: Rsm;
}

/** What a person does with a client that knows Xabber groups. */
export interface GroupUser extends GroupCompany, GroupRights, GroupCards {
  readonly client: XmppClient;
  /** Creates a group on `host` and lets it into the roster; resolves when both sides are through. */
  create(host: string, options: Partial<CreateRequest>): Promise<BareJid>;
  /** Joins; resolves with what the group says of itself when the hand-shake is through. */
  join(group: BareJid): Promise<GroupInfo>;
  leave(group: BareJid): Promise<void>;
  /** Resolves when the group has ended the membership by itself, and the contact is removed. */
  dismissed(group: BareJid): Promise<void>;
  /** Sends a message without waiting; returns its origin-id. */
  send(group: BareJid, text: string, more?: readonly XmlElement[], id?: string): Promise<string>;
  /** Sends a message and waits for the echo, which makes it accepted. */
  post(group: BareJid, text: string, more?: readonly XmlElement[]): Promise<GroupMessage>;
  /** The next message of the group with this text (nickname header aside). */
  hears(group: BareJid, text: string): Promise<GroupMessage>;
  /** The next system message of this type. */
  told(group: BareJid, type: string): Promise<GroupMessage>;
  /** The next presence of the group that carries its properties. */
  sees(group: BareJid, until?: (info: GroupInfo) => boolean): Promise<GroupInfo>;
  members(group: BareJid, query?: { version?: number; id?: string; rsm?: Rsm }): Promise<MemberList>;
  history(
    group: BareJid,
    fields?: Readonly<Record<string, string | readonly string[]>>,
    rsm?: Rsm,
  ): Promise<HistoryPage>;
  /** Takes one message out of the archive, by its id there. */
  retract(group: BareJid, id: string): Promise<void>;
  /** Gives an own message another text. */
  replace(group: BareJid, id: string, text: string, more?: readonly XmlElement[]): Promise<void>;
  /** The next word of the group on a rewriting of its archive. */
  learns(group: BareJid, what: RewriteNotice['what']): Promise<RewriteNotice>;
  /** What was rewritten after a version, and the version that it is at now; `undefined`: only that. */
  rewrites(group: BareJid, since?: number, lessThan?: number): Promise<Rewrites>;
}

interface Rewrites {
  readonly notices: readonly RewriteNotice[];
  readonly version: number | undefined;
}

type MemberList = { readonly version?: number | undefined } & Pick<
  Extract<ReturnType<typeof members.parse>, { ok: true }>['value'],
  'users' | 'rsm'
>;

/** The group's properties in a presence, when it is one of `group` with properties. */
export function infoIn(group: BareJid, stanza: XmlElement): GroupInfo | undefined {
  const read = readGroupPresence(stanza);
  return read !== undefined && bareOf(read.from) === group ? read.info : undefined;
}

const presenceType = (group: BareJid, stanza: XmlElement): string | undefined => {
  const read = readGroupPresence(stanza);
  return read !== undefined && bareOf(read.from) === group ? read.type : undefined;
};

/** The element that sends `text` to `group`, as clients of the protocol do (reference 6.1). */
export const textMessage = (
  group: BareJid,
  text: string,
  id: string,
  more: readonly XmlElement[] = [],
): XmlElement =>
  xml('message', { to: group, type: 'chat', id }, [xml('body', {}, [text]), ...more, originId.build({ id })]);

export function groupUser(client: XmppClient): GroupUser {
  const expectPresence = (group: BareJid, type: string) =>
    client.expect((stanza) => presenceType(group, stanza) === type, {
      description: `presence of type ${type} from ${group}`,
    });

  const handShake = async (group: BareJid): Promise<GroupInfo> => {
    const asked = expectPresence(group, 'subscribe');
    await client.roster.set(group);
    await client.sendPresence({ to: group, type: 'subscribe' });
    const request = await asked;
    await client.sendPresence({ to: group, type: 'subscribed' });
    const info = infoIn(group, request);
    if (info === undefined) throw new Error(`${group} did not say that it is a group`);
    return info;
  };

  const send = async (group: BareJid, text: string, more: readonly XmlElement[] = [], id = randomUUID()) => {
    await client.send(textMessage(group, text, id, more));
    return id;
  };

  const sees = async (group: BareJid, until: (info: GroupInfo) => boolean = () => true) => {
    const matches = (stanza: XmlElement): boolean => {
      const info = infoIn(group, stanza);
      return info !== undefined && until(info);
    };
    const info = infoIn(group, await client.expect(matches, { description: `presence of ${group}` }));
    if (info === undefined) throw new Error('the presence changed under our eyes');
    return info;
  };

  const find = async (
    description: string,
    reader: (stanza: XmlElement) => GroupMessage | undefined,
    wanted: (found: GroupMessage) => boolean,
  ): Promise<GroupMessage> => {
    const matches = (stanza: XmlElement): boolean => {
      const found = reader(stanza);
      return found !== undefined && wanted(found);
    };
    const found = reader(await client.expect(matches, { description }));
    if (found === undefined) throw new Error('the message changed under our eyes');
    return found;
  };

  return {
    ...groupCards(client),
    ...groupCompany(client),
    ...groupRights(client),
    client,
    create: async (host, options) => {
      const request = create.build(options);
      const answer = await client.iq(host, 'set', request);
      const result = pick(create, payloadOf(answer));
      if (!result?.ok || result.value.localpart === undefined) throw new Error('no local part in the result');
      const group = parseBareJid(`${result.value.localpart}@${host}`);
      if (!group.ok) throw new Error(group.error.reason);
      await handShake(group.value);
      return group.value;
    },
    join: async (group) => {
      await handShake(group);
      const told = find(
        `word of ${client.bare} having joined ${group}`,
        readGroupMessage,
        ({ from, system, card }) =>
          bareOf(from) === group &&
          system === 'join' &&
          (card?.jid === undefined || card.jid === client.bare),
      );
      // Messages and presence may go different ways through the server: either may be first.
      const [info] = await Promise.all([sees(group), told]);
      return info;
    },
    leave: async (group) => {
      // The `unsubscribe` before it is the server's business; not every server shows it to clients.
      const gone = expectPresence(group, 'unavailable');
      await client.sendPresence({ to: group, type: 'unsubscribe' });
      await gone;
      await client.roster.remove(group);
    },
    dismissed: async (group) => {
      await expectPresence(group, 'unavailable');
      await client.roster.remove(group);
    },
    send,
    post: async (group, text, more) => {
      const id = randomUUID();
      const echoed = find(`the echo of "${text}"`, readEcho, (found) => found.originId === id);
      await send(group, text, more, id);
      return echoed;
    },
    hears: (group, text) =>
      find(
        `"${text}" from ${group}`,
        readGroupMessage,
        (found) => bareOf(found.from) === group && found.system === undefined && found.text === text,
      ),
    told: (group, type) =>
      find(
        `a system message of type ${type} from ${group}`,
        readGroupMessage,
        (found) => bareOf(found.from) === group && found.system === type,
      ),
    sees,
    members: async (group, { version, id, rsm } = {}) => {
      const question = members.build({
        version: id === undefined ? (version ?? 0) : undefined,
        id,
        users: [],
        rsm,
      });
      const answer = pick(members, payloadOf(await client.iq(group, 'get', question)));
      if (!answer?.ok) throw new Error('no list of members in the answer');
      return answer.value;
    },
    retract: async (group, id) => {
      await client.iq(group, 'set', retractMessage.build({ id, symmetric: true }));
    },
    replace: async (group, id, text, more = []) => {
      const message = { bodies: [{ text }], payload: more };
      await client.iq(group, 'set', replace.build({ id, message }));
    },
    learns: async (group, what) => {
      const matches = (stanza: XmlElement): boolean => {
        const notice = readRewrite(stanza);
        return notice?.what === what && bareOf(notice.from) === group;
      };
      const found = readRewrite(await client.expect(matches, { description: `${what} in ${group}` }));
      if (found === undefined) throw new Error('the notification changed under our eyes');
      return found;
    },
    rewrites: async (group, since, lessThan) => {
      const notices: RewriteNotice[] = [];
      const stop = client.onStanza((stanza) => {
        const notice = readRewrite(stanza);
        if (notice?.from === group) notices.push(notice);
      });
      try {
        const question = rewriteQuery.build({ version: since, lessThan });
        const answer = pick(rewriteQuery, payloadOf(await client.iq(group, 'get', question)));
        return { notices, version: answer?.ok ? answer.value.version : undefined };
      } finally {
        stop();
      }
    },
    history: async (group, fields = {}, rsm = {}) => {
      const queryId = randomUUID();
      const values = Object.entries(fields).map(([name, value]) =>
        formField({ var: name, values: typeof value === 'string' ? [value] : value }),
      );
      const question = archiveQuery.build({ queryId, form: formOf('submit', NS.mam, values), rsm });
      const items: ArchivedItem[] = [];
      const stop = client.onStanza((stanza) => {
        const item = readArchived(stanza);
        if (item?.queryId === queryId) items.push(item);
      });
      try {
        const end = pick(archiveEnd, payloadOf(await client.iq(group, 'set', question)));
        if (!end?.ok) throw new Error('no end in the answer of the archive');
        const { complete = false, queryId: ended, rsm: page } = end.value;
        return { items, complete, queryId: ended, rsm: page };
      } finally {
        stop();
      }
    },
  };
}

/** The text of a message as a client without any support shows it. */
export function plainText(stanza: XmlElement): string | undefined {
  const read = message.is(stanza) ? message.parse(stanza) : undefined;
  const body = read?.ok ? read.value.payload.find((child) => child.name === 'body') : undefined;
  return body && textOf(body);
}
