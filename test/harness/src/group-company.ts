import { type Declaration, pick } from '@xmpp-groups/core/codec';
import { type BareJid, domainOf, parseBareJid } from '@xmpp-groups/core/jid';
import {
  block,
  blockList,
  create,
  decline,
  existingChat,
  invitations,
  invite,
  kick,
  type ReadInvitation,
  readInvitation,
  revoke,
  unblock,
} from '@xmpp-groups/core/xabber';
import { elementsOf, type XmlElement } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';
import { payloadOf } from './payload.js';
import { StanzaError } from './stanza-error.js';

/** People, by JID or by member id, and domains. */
export interface Names {
  readonly ids?: readonly string[];
  readonly jids?: readonly string[];
  readonly domains?: readonly string[];
}

/** Who is in a group and who is not: what a client of the protocol does about it (reference 4 and 10). */
export interface GroupCompany {
  /** Resolves when the group has taken the invitation; with `send` the group tells the invited person. */
  invite(group: BareJid, whom: string, options?: { send?: boolean; reason?: string }): Promise<void>;
  /** The next invitation to this group. */
  invited(group: BareJid): Promise<ReadInvitation>;
  decline(group: BareJid): Promise<void>;
  /** The JIDs of those with an open invitation that the group tells of. */
  invitations(group: BareJid): Promise<readonly (string | undefined)[]>;
  revoke(group: BareJid, ...whom: readonly string[]): Promise<void>;
  /**
   * Asks for a private chat with a member. Resolves with its JID as the result gives it, or with that of the chat
   * which the two have already, as the error names it.
   */
  privateChat(group: BareJid, id: string): Promise<PrivateChat>;
  kick(group: BareJid, whom: Names): Promise<void>;
  block(group: BareJid, whom: Names): Promise<void>;
  unblock(group: BareJid, whom: Names): Promise<void>;
  blocked(group: BareJid): Promise<Blocked>;
}

export interface PrivateChat {
  readonly chat: BareJid;
  readonly isNew: boolean;
}

export interface Blocked {
  readonly users: readonly { readonly jid: string; readonly id: string }[];
  readonly domains: readonly string[];
}

const jidsOf = (texts: readonly string[] = []): BareJid[] =>
  texts.map((text) => {
    const read = parseBareJid(text);
    if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
    return read.value;
  });

export function groupCompany(client: XmppClient): GroupCompany {
  const set = async (group: BareJid, request: XmlElement): Promise<void> => {
    await client.iq(group, 'set', request);
  };
  const ask = async <T>(group: BareJid, declared: Declaration<T>, question: T): Promise<T> => {
    const answer = pick(declared, payloadOf(await client.iq(group, 'get', declared.build(question))));
    if (!answer?.ok) throw new Error(`no <${declared.name}/> in the answer`);
    return answer.value;
  };
  const named = ({ ids = [], jids = [], domains = [] }: Names) => ({ ids, jids, domains });
  return {
    invite: (group, whom, { send = false, reason } = {}) => {
      const [jid] = jidsOf([whom]);
      if (jid === undefined) throw new Error('nobody is invited');
      return set(group, invite.build({ jid, send, reason }));
    },
    invited: async (group) => {
      const matches = (stanza: XmlElement): boolean => {
        const read = readInvitation(stanza);
        return read !== undefined && read.group === group;
      };
      const found = readInvitation(await client.expect(matches, { description: 'an invitation' }));
      if (found === undefined) throw new Error('the invitation changed under our eyes');
      return found;
    },
    decline: (group) => set(group, decline.build({})),
    invitations: async (group) => (await ask(group, invitations, { users: [] })).users.map(({ jid }) => jid),
    revoke: (group, ...whom) => set(group, revoke.build({ jids: jidsOf(whom) })),
    privateChat: async (group, id) => {
      const host = domainOf(group);
      try {
        const request = create.build({ partner: { jid: group, id } });
        const read = pick(create, payloadOf(await client.iq(host, 'set', request)));
        const [chat] = read?.ok ? jidsOf([`${read.value.localpart}@${host}`]) : [];
        if (chat === undefined) throw new Error('no local part in the result');
        return { chat, isNew: true };
      } catch (error) {
        const read = error instanceof StanzaError ? pick(existingChat, elementsOf(error.stanza)) : undefined;
        if (!read?.ok) throw error;
        return { chat: read.value.jid, isNew: false };
      }
    },
    kick: (group, { ids = [], jids }) => set(group, kick.build({ ids, jids: jidsOf(jids) })),
    block: (group, whom) => set(group, block.build(named(whom))),
    unblock: (group, whom) => set(group, unblock.build(named(whom))),
    blocked: (group) => ask(group, blockList, { users: [], domains: [] }),
  };
}
