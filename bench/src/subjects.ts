import { markOf } from './mark.js';
import { groupOf, type Layout, nameOf } from './scene.js';

/** The daemons that are measured: two components, each with its way, and one behind the module inside ejabberd. */
export const DAEMONS = ['multicast', 'splice', 'shim'] as const;
export type DaemonName = (typeof DAEMONS)[number];

/** What is measured, in the order of a round. */
export const SUBJECTS = [
  'muc-plain',
  'muc-archived',
  'mix',
  'prosody',
  ...DAEMONS,
  'floor-multicast',
  'floor-splice',
  'floor-shim',
] as const;

export type Subject = (typeof SUBJECTS)[number];

export const TITLES: Readonly<Record<Subject, string>> = {
  'muc-plain': 'mod_muc',
  'muc-archived': 'mod_muc, archived',
  mix: 'mod_mix',
  prosody: "Prosody's MUC",
  multicast: 'groups, by multicast',
  splice: 'groups, by splice',
  shim: 'groups, inside ejabberd',
  'floor-multicast': 'floor of multicast',
  'floor-splice': 'floor of splice',
  'floor-shim': 'floor inside ejabberd',
};

export const isDaemon = (name: string): name is DaemonName => DAEMONS.some((daemon) => daemon === name);

/** The floor of a way is what a component without any logic reaches by it. */
export function wayOfFloor(subject: Subject): DaemonName | undefined {
  return DAEMONS.find((way) => subject === `floor-${way}`);
}

/** The domains are equally long, so that stanzas are. */
const DOMAINS: Readonly<Record<Subject, string>> = {
  'muc-plain': 'conference.localhost',
  'muc-archived': 'conference.localhost',
  mix: 'mix.localhost',
  prosody: 'conference.localhost',
  multicast: 'groups-a.localhost',
  splice: 'groups-b.localhost',
  shim: 'groups-c.localhost',
  'floor-multicast': 'groups-d.localhost',
  'floor-splice': 'groups-d.localhost',
  'floor-shim': 'groups-e.localhost',
};

export const domainOf = (subject: Subject): string => DOMAINS[subject];

/** The address of a group or room. */
export const addressOf = (subject: Subject, layout: Layout, group: number): string =>
  `${subject === 'muc-archived' ? 'saved' : 'plain'}-${nameOf(layout, group)}@${DOMAINS[subject]}`;

const TEXT = 'Shall we meet at the same place as last time?';

/** As long as the UUIDs that clients use. */
const idOf = (number: number): string => `6f9b52a6-0c1d-4b35-9f6e-${String(number).padStart(12, '0')}`;

const isGroupchat = (subject: Subject): boolean =>
  subject === 'mix' || subject === 'prosody' || subject.startsWith('muc-');

/**
 * The stanza that a member sends, the same for rooms and groups but for its type.
 * @param padding how many characters are added to the text
 */
export function messageOf(subject: Subject, layout: Layout, number: number, padding: number): string {
  const id = idOf(number);
  const to = addressOf(subject, layout, groupOf(layout, number));
  return (
    `<message to='${to}' type='${isGroupchat(subject) ? 'groupchat' : 'chat'}' id='${id}'>` +
    `<body>${TEXT} ${markOf(number)}${'.'.repeat(padding)}</body>` +
    `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/></message>`
  );
}
