import { parseBareJid } from '@xmpp-groups/core/jid';
import { type FakeConnection, ME } from './fake-connection.js';

const read = parseBareJid('verona@groups.example.com');
if (!read.ok) throw new Error(read.error.reason);
export const VERONA = read.value;

const GROUPS = 'https://xabber.com/protocol/groups';
const REFERENCES = 'https://xabber.com/protocol/references';

/** The children of a message of Romeo, `r0`, with this id in the archive. */
const children = (id: string, text: string, originId = `o-${id}`): string =>
  `<stanza-id xmlns='urn:xmpp:sid:0' by='${VERONA}' id='${id}'/><x xmlns='${GROUPS}'><reference xmlns='${REFERENCES}' type='mutable' begin='0' end='7'><user xmlns='${GROUPS}' id='r0'><nickname>Romeo</nickname></user></reference></x><body>Romeo:\n${text}</body><origin-id xmlns='urn:xmpp:sid:0' id='${originId}'/>`;

export const live = (id: string, text: string): string =>
  `<message xmlns='jabber:client' type='chat' from='${VERONA}' to='${ME}' id='m'>${children(id, text)}</message>`;

export const echoOf = (id: string, text: string, originId: string): string =>
  `<message xmlns='jabber:client' type='headline' from='${VERONA}' to='${ME}'><x xmlns='https://xabber.com/protocol/delivery'><message xmlns='jabber:client' type='chat' from='${ME}' to='${VERONA}' id='${originId}'>${children(id, text, originId)}</message></x></message>`;

export const system = (id: string, type: string, version: number): string =>
  `<message xmlns='jabber:client' type='chat' from='${VERONA}/Group' to='${ME}'><stanza-id xmlns='urn:xmpp:sid:0' by='${VERONA}' id='${id}'/><x xmlns='${GROUPS}#system-message' type='${type}' version='${version}'/><body>${type}</body></message>`;

/** Lets the archive show a message in answer to a question. */
export const item = (connection: FakeConnection, queryId: string, id: string, text: string): void =>
  connection.receive(
    `<message xmlns='jabber:client' from='${VERONA}' to='${ME}'><result xmlns='urn:xmpp:mam:2' queryid='${queryId}' id='${id}'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' from='${VERONA}' to='${VERONA}'>${children(id, text)}</message></forwarded></result></message>`,
  );

/** Answers the open question to the archive with a page. */
export function page(
  connection: FakeConnection,
  items: readonly (readonly [string, string])[],
  complete = true,
) {
  const question = connection.sent.findLast((text) => text.includes('urn:xmpp:mam:2'));
  const queryId = /queryid='([^']+)'/.exec(question ?? '')?.[1] ?? '';
  for (const [id, text] of items) item(connection, queryId, id, text);
  const ends = items.length === 0 ? '' : `<first>${items[0]?.[0]}</first><last>${items.at(-1)?.[0]}</last>`;
  connection.answer(
    'urn:xmpp:mam:2',
    `<fin xmlns='urn:xmpp:mam:2' queryid='${queryId}'${complete ? " complete='true'" : ''}><set xmlns='http://jabber.org/protocol/rsm'>${ends}</set></fin>`,
  );
}

/** Word of the group that its archive was rewritten. */
const notice = (content: string, from = `${VERONA}/Group`): string =>
  `<message xmlns='jabber:client' type='headline' from='${from}' to='${ME}'>${content}</message>`;

const NOTIFY = `xmlns='https://xabber.com/protocol/rewrite#notify' conversation='${VERONA}'`;

export const edit = (version: number, id: string, text: string): string =>
  notice(
    `<replace ${NOTIFY} id='${id}' version='${version}'><message xmlns='jabber:client'>${children(id, text)}</message></replace>`,
  );

export const retraction = (version: number, id: string, from?: string): string =>
  notice(`<retract-message ${NOTIFY} id='${id}' version='${version}'/>`, from);

export const invalidation = (version: number): string =>
  notice(`<invalidate ${NOTIFY} version='${version}'/>`);

export const rewritten = (connection: FakeConnection, version: number): void =>
  connection.answer(
    'protocol/rewrite',
    `<query xmlns='https://xabber.com/protocol/rewrite' version='${version}'/>`,
  );

export const cards = (connection: FakeConnection, version: number, users: string): void =>
  connection.answer('#members', `<query xmlns='${GROUPS}#members' version='${version}'>${users}</query>`);

/** A page of the list of members, which has more of them. */
export const cardsPage = (connection: FakeConnection, version: number, users: string, last: string): void =>
  cards(
    connection,
    version,
    `${users}<set xmlns='http://jabber.org/protocol/rsm'><last>${last}</last></set>`,
  );

export const card = (id: string, subscription = 'both'): string =>
  `<user xmlns='${GROUPS}' id='${id}'><nickname>${id}</nickname><subscription>${subscription}</subscription></user>`;
