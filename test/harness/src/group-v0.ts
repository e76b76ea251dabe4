import { randomUUID } from 'node:crypto';
import { type Declaration, pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import {
  authorV0,
  createdV0,
  createV0,
  membersV0,
  receivedV0,
  requestV0,
  rightsV0,
} from '@xmpp-groups/core/xabber';
import { archiveQuery, archiveResult, formOf } from '@xmpp-groups/core/xep';
import { elementsOf, NS, type XmlElement, xml } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';
import { textMessage } from './group-user.js';
import { payloadOf } from './payload.js';

type Value<D> = D extends Declaration<infer T> ? T : never;

/** A message as a client of 2019 reads it: who wrote it, by the reference beside the body. */
export interface MessageV0 {
  readonly author: XmlElement | undefined;
  readonly element: XmlElement;
}

/** What a person does with a client of 2019, as far as that is not what everybody does. */
export interface GroupV0 {
  /** Creates a group on `host`; it is not in the roster yet. */
  create(host: string, options: Value<typeof createV0>): Promise<Value<typeof createdV0>>;
  members(group: BareJid, version?: number): Promise<Value<typeof membersV0>>;
  /** One member; oneself without an id. */
  member(group: BareJid, id?: string): Promise<Value<typeof rightsV0>>;
  allRights(group: BareJid): Promise<Value<typeof rightsV0>>;
  /** Sends a message and waits until the group says that it has it. */
  post(group: BareJid, text: string): Promise<MessageV0>;
  /** Opens the chat; resolves with the `<x/>` by which the client knows the group. */
  opens(group: BareJid): Promise<XmlElement>;
  /** The last messages of the archive. */
  history(group: BareJid, max: number): Promise<readonly MessageV0[]>;
}

const read = <T>(declared: Declaration<T>, elements: readonly XmlElement[]): T => {
  const found = pick(declared, elements);
  if (!found?.ok) throw new Error(`no ${declared.name} of 2019 in the answer`);
  return found.value;
};

const messageIn = (element: XmlElement): MessageV0 => {
  const parsed = message.parse(element);
  const author = parsed.ok ? pick(authorV0, parsed.value.payload) : undefined;
  return { author: author?.ok ? author.value.user : undefined, element };
};

export function groupV0(client: XmppClient): GroupV0 {
  const ask = async <T>(to: string, type: 'get' | 'set', question: XmlElement, declared: Declaration<T>) =>
    read(declared, payloadOf(await client.iq(to, type, question)));

  return {
    create: (host, options) => ask(host, 'set', createV0.build(options), createdV0),
    members: (group, version = 0) => ask(group, 'get', membersV0.build({ version, items: [] }), membersV0),
    member: (group, id = '') => ask(group, 'get', membersV0.build({ id, items: [] }), rightsV0),
    allRights: (group) =>
      ask(group, 'get', rightsV0.build({ items: [], permissions: [], restrictions: [] }), rightsV0),
    post: async (group, text) => {
      const id = randomUUID();
      const receivedIn = (stanza: XmlElement): XmlElement | undefined => {
        const envelope = message.is(stanza) ? message.parse(stanza) : undefined;
        if (!envelope?.ok || bareOf(envelope.value.from) !== group) return undefined;
        const received = pick(receivedV0, envelope.value.payload);
        const inner = received?.ok ? received.value.forwarded.message : undefined;
        return inner?.attrs.id === id ? inner : undefined;
      };
      const came = client.expect((stanza) => receivedIn(stanza) !== undefined, {
        description: `word that "${text}" was received`,
      });
      await client.send(textMessage(group, text, id, [requestV0.build({})]));
      const inner = receivedIn(await came);
      if (inner === undefined) throw new Error('the message changed under our eyes');
      return messageIn(inner);
    },
    opens: async (group) => {
      const markIn = (stanza: XmlElement): XmlElement | undefined =>
        stanza.name === 'presence' && stanza.attrs.from?.startsWith(`${group}/`)
          ? elementsOf(stanza).find(({ attrs }) => attrs.xmlns === NS.groupsV0)
          : undefined;
      const came = client.expect((stanza) => markIn(stanza) !== undefined, {
        description: `presence of ${group} in the words of 2019`,
      });
      await client.sendPresence({ to: group }, [xml('x', { xmlns: `${NS.groupsV0}#present` })]);
      const mark = markIn(await came);
      if (mark === undefined || typeof mark === 'string')
        throw new Error('the presence changed under our eyes');
      return mark;
    },
    history: async (group, max) => {
      const found: MessageV0[] = [];
      const stop = client.onStanza((stanza) => {
        const envelope = message.is(stanza) ? message.parse(stanza) : undefined;
        const result = envelope?.ok ? pick(archiveResult, envelope.value.payload) : undefined;
        if (result?.ok) found.push(messageIn(result.value.forwarded.message));
      });
      try {
        const question = {
          queryId: randomUUID(),
          form: formOf('submit', NS.mam, []),
          rsm: { max, before: '' },
        };
        await client.iq(group, 'set', archiveQuery.build(question));
        return found;
      } finally {
        stop();
      }
    },
  };
}
