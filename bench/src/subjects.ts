import { markOf } from './mark.js';
import { groupJid, roomJid } from './world.js';

/** What is measured, in the order of a round. */
export const SUBJECTS = [
  'muc-short',
  'muc-long',
  'muc-archived',
  'multicast',
  'splice',
  'shim',
  'floor-multicast',
  'floor-splice',
] as const;

export type Subject = (typeof SUBJECTS)[number];

export const TITLES: Readonly<Record<Subject, string>> = {
  'muc-short': 'mod_muc, short messages',
  'muc-long': 'mod_muc, same length',
  'muc-archived': 'mod_muc, same length, archived',
  multicast: 'groups, by multicast',
  splice: 'groups, by splice',
  shim: 'groups, inside ejabberd',
  'floor-multicast': 'floor of multicast',
  'floor-splice': 'floor of splice',
};

export const isMuc = (subject: Subject): boolean => subject.startsWith('muc-');

/** Where messages of the subject are sent to. */
export function addressOf(subject: Subject, members: number): string {
  switch (subject) {
    case 'muc-short':
    case 'muc-long':
      return roomJid('plain', members);
    case 'muc-archived':
      return roomJid('saved', members);
    case 'multicast':
    case 'splice':
    case 'shim':
      return groupJid(subject, members);
    case 'floor-multicast':
    case 'floor-splice':
      return groupJid('floor', members);
  }
}

const TEXT = 'Shall we meet at the same place as last time?';

/** As long as the UUIDs that clients use. */
const idOf = (number: number): string => `6f9b52a6-0c1d-4b35-9f6e-${String(number).padStart(12, '0')}`;

/**
 * The stanza that a member sends, the same for rooms and groups but for its type.
 * @param padding how many characters are added to the text
 */
export function messageOf(subject: Subject, members: number, number: number, padding: number): string {
  const id = idOf(number);
  return (
    `<message to='${addressOf(subject, members)}' type='${isMuc(subject) ? 'groupchat' : 'chat'}' id='${id}'>` +
    `<body>${TEXT} ${markOf(number)}${'.'.repeat(padding)}</body>` +
    `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/></message>`
  );
}
