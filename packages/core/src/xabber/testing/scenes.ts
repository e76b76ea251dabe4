import { bareOf } from '../../jid/index.js';
import { elementsOf, textOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { escapeAttribute } from '../../xml/serialise.js';
import type { Member } from '../model/group.js';
import { memberByJid, nextVersion } from '../model/group.js';
import type { Right } from '../model/rights.js';
import { bareJid, type Clockwork } from './clockwork.js';
import { type GroupDriver, groupDriver, type Sent } from './group-driver.js';

/** The scenes are set in Verona: each user has one device. */
export const JULIET = 'juliet@example.com/balcony';
export const ROMEO = 'romeo@example.com/orchard';
export const NURSE = 'nurse@example.org/chamber';
export const PARIS = 'paris@example.net/crypt';

export const VERONA = 'verona@groups.example.com';
export const SPEAKER = `${VERONA}/Group`;

/** The JID of a device without its resource. */
export const bare = (jid: string): string => jid.replace(/\/.*$/u, '');

/** A presence to the group, from the bare JID where a server would send it so. */
export function presenceXml(from: string, type?: string, payload = ''): string {
  const sender = type === undefined || type === 'unavailable' ? from : bare(from);
  const typed = type === undefined ? '' : ` type='${type}'`;
  return `<presence from='${sender}' to='${VERONA}'${typed}>${payload}</presence>`;
}

/** A request; to the group unless told otherwise. */
export const iqXml = (from: string, type: 'get' | 'set', payload: string, to: string = SPEAKER): string =>
  `<iq from='${from}' to='${to}' id='q1' type='${type}'>${payload}</iq>`;

/** A message to the group with one body. `payload` goes behind it. */
export const messageXml = (from: string, text: string, payload = '', id = 'stanza-1'): string =>
  `<message from='${from}' to='${VERONA}' type='chat' id='${escapeAttribute(id)}'><body>${text}</body>${payload}</message>`;

export const originIdXml = (id: string): string =>
  `<origin-id xmlns='${NS.stanzaIds}' id='${escapeAttribute(id)}'/>`;

/** The request for the group; `options` are its further children. */
export const createXml = (options = '<name>Verona Square</name>', from: string = JULIET): string =>
  iqXml(from, 'set', `<query xmlns='${NS.groupsCreate}'>${options}</query>`, 'groups.example.com');

/** A group that Juliet has created; `options` are the children of her request. */
export function verona(options?: string, env?: Clockwork): GroupDriver {
  const driver = groupDriver('verona', env);
  driver.send(createXml(options));
  return driver;
}

export const INCOGNITO = '<name>Masked ball</name><privacy>incognito</privacy>';

/** Somebody joins: he asks, and approves what the group asks back. */
export function join(driver: GroupDriver, ...users: readonly string[]): Sent[] {
  return users.flatMap((user) => [
    ...driver.send(presenceXml(user, 'subscribe')),
    ...driver.send(presenceXml(user, 'subscribed')),
  ]);
}

/** A group that Juliet has created, and that Romeo and the nurse have joined. */
export function trio(options?: string): GroupDriver {
  const driver = verona(options);
  join(driver, ROMEO, NURSE);
  return driver;
}

/** The member id of somebody. */
export const idOf = (driver: GroupDriver, jid: string): string => memberOf(driver, jid).id;

/** The id of the last message of the archive. */
export const lastId = (driver: GroupDriver): string => String(driver.archive.at(-1)?.stanzaId);

/** The answer to a request, whatever else it sets off. */
export function answerIn(sent: readonly Sent[]): XmlElement {
  return single(sent.filter(({ stanza }) => stanza.name === 'iq'));
}

/** What the group keeps of somebody. */
export function memberOf(driver: GroupDriver, jid: string): Member {
  const member = memberByJid(driver.group(), bareOf(bareJid(bare(jid))));
  if (member === undefined) throw new Error(`${jid} is not known`);
  return member;
}

/** Somebody's own server says what his nickname is. */
export const nickname = (driver: GroupDriver, jid: string, name: string): Sent[] =>
  driver.command({ kind: 'profile', from: bareJid(bare(jid)), nickname: name });

/** A stanza in short: `message chat` or `presence` and to whom it goes. */
export const brief = ({ stanza, to }: Sent): string =>
  [stanza.name, stanza.attrs.type, `> ${to}`].filter((part) => part !== undefined).join(' ');

/** The stanzas that reach `jid`, at whatever device. */
export const reaching = (sent: readonly Sent[], jid: string): XmlElement[] =>
  sent.filter(({ to }) => bare(to) === bare(jid)).map(({ stanza }) => stanza);

/** The only stanza there is. */
export function single(sent: readonly Sent[]): XmlElement {
  const [first] = sent;
  if (first === undefined || sent.length > 1) throw new Error(`${sent.length} stanzas: ${sent.map(brief)}`);
  return first.stanza;
}

/**
 * Somebody is given rights, without anybody asking whether he may have them: for ever, or until a moment in seconds
 * since the epoch.
 */
export function grant(driver: GroupDriver, jid: string, rights: Right | readonly Right[], until = 0): void {
  const { id: member } = memberOf(driver, jid);
  for (const right of [rights].flat()) {
    const version = nextVersion(driver.group(), driver.env.now);
    driver.happen({ kind: 'rightGranted', member, right, until, version });
  }
}

/** The rights that the group keeps of somebody. */
export const rightsOf = (driver: GroupDriver, jid: string): Record<string, number> =>
  Object.fromEntries(memberOf(driver, jid).rights);

/** How a refusal reads: `error 405 not-allowed`, and its sentence. */
export function refusalIn(answer: XmlElement): string {
  const error = elementsOf(answer).find(({ name }) => name === 'error');
  if (error === undefined) throw new Error(`no error in <${answer.name} type='${answer.attrs.type}'/>`);
  const [condition, sentence] = elementsOf(error);
  return `${error.attrs.code} ${condition?.name}: ${sentence === undefined ? '' : textOf(sentence)}`;
}

/** The same of the only stanza there is. */
export const refused = (sent: readonly Sent[]): string => refusalIn(single(sent));
