import { NS } from '../../../xml/namespaces.js';
import type { GroupCommand } from '../../command.js';
import { memberByJid } from '../../model/group.js';
import { bareJid } from '../clockwork.js';
import type { GroupDriver } from '../group-driver.js';
import { pictureOf } from '../pictures.js';
import { bare, iqXml, messageXml, presenceXml, VERONA } from '../scenes.js';

/** Who does something to whom, and what he writes in doing so. */
export interface Turn {
  readonly driver: GroupDriver;
  /** The device of who acts, and of the one whom it is about. */
  readonly who: string;
  readonly about: string;
  /** The JID of `about` in some spelling, escaped; and an element that holds it. */
  readonly address: string;
  readonly element: string;
  /** A choice among a few, from 0. */
  readonly pick: number;
  say(xml: string): void;
  run(command: GroupCommand): void;
}

export type Act = (turn: Turn) => void;

export const RIGHTS = [
  'owner',
  'change-group',
  'set-restrictions',
  'change-users',
  'delete-messages',
  'send-messages',
];

export const oneOf = <T>(words: readonly T[], { pick }: Turn): T => {
  const word = words[pick % words.length];
  if (word === undefined) throw new Error('nothing to choose from');
  return word;
};

/** The member ids that the two have; somebody who is not known has none. */
const idOf = ({ driver }: Turn, jid: string): string =>
  memberByJid(driver.group(), bareJid(bare(jid)))?.id ?? 'nobody';
export const target = (turn: Turn): string => idOf(turn, turn.about);
/** How `about` is named: by his member id, or by the JID that the group has assigned to him. */
export const named = (turn: Turn): string => (turn.pick % 2 === 0 ? '' : `${VERONA}/`) + target(turn);

/** Whose avatar it is: one's own, that of the group, or that of another one. */
export const ownerIn = (turn: Turn): string | undefined =>
  turn.pick % 3 === 1 ? undefined : oneOf(['', target(turn)], turn);

/** The id of a message: the latest one, or the latest of who acts. */
export const latest = ({ driver }: Turn): string => String(driver.archive.at(-1)?.stanzaId ?? 1);
export const ownLatest = (turn: Turn): string => {
  const id = idOf(turn, turn.who);
  return String(turn.driver.archive.findLast(({ author }) => author === id)?.stanzaId ?? 1);
};

export const field = (name: string, value: string): string =>
  `<field var='${name}'><value>${value}</value></field>`;
export const submitted = (...fields: readonly string[]): string =>
  `<x xmlns='${NS.dataForms}' type='submit'>${fields.join('')}</x>`;
export const empty = (namespace: string, name = 'query'): string => `<${name} xmlns='${namespace}'/>`;

export const get =
  (payload: string | ((turn: Turn) => string)): Act =>
  (turn) =>
    turn.say(iqXml(turn.who, 'get', typeof payload === 'string' ? payload : payload(turn)));
export const set =
  (payload: string | ((turn: Turn) => string)): Act =>
  (turn) =>
    turn.say(iqXml(turn.who, 'set', typeof payload === 'string' ? payload : payload(turn)));
export const presence =
  (type?: string, payload = ''): Act =>
  (turn) =>
    turn.say(presenceXml(turn.who, type, payload));
export const message =
  (payload: (turn: Turn) => string, id?: (turn: Turn) => string): Act =>
  (turn) =>
    turn.say(messageXml(turn.who, 'Hello', payload(turn), id?.(turn)));
export const bodyless =
  (payload: (turn: Turn) => string): Act =>
  (turn) =>
    turn.say(`<message from='${turn.who}' to='${VERONA}' type='chat'>${payload(turn)}</message>`);

export const disclosure = (turn: Turn, type: string): string =>
  `<disclosure xmlns='${NS.groups}' type='${type}'><recipient id='${target(turn)}'/><reason>Who?</reason></disclosure>`;
export const DISCLOSURES = ['offer', 'request', 'offer', 'request', 'accept', 'decline'];

/** Somebody answers who is waited for, if anybody is; one of the two is not chosen by chance then. */
export const answering =
  (act: Act): Act =>
  (turn) => {
    const { driver, pick } = turn;
    const open = [...driver.group().disclosures.values()].filter(({ type }) => type !== 'over');
    const one = open[pick % open.length];
    const [who, about] = [one?.to, one?.from].map((id) => driver.group().members.get(id ?? '')?.jid);
    act(who === undefined || about === undefined ? turn : { ...turn, who: `${who}/d`, about });
  };

export const command = (node: string, form = ''): string =>
  `<command xmlns='${NS.commands}' node='${node}' action='execute'>${form}</command>`;

export const archive =
  (name: string, value: (turn: Turn) => string): Act =>
  (turn) =>
    set(
      `<query xmlns='${NS.mam}' queryid='q'>${submitted(field('FORM_TYPE', NS.mam), field(name, value(turn)))}</query>`,
    )(turn);

export const ROSE = pictureOf('a rose');

/** What people do, for some of the commands. */
export type Conduct = Partial<Record<GroupCommand['kind'], readonly Act[]>>;
