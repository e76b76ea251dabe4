import { elementsOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { nextVersion } from '../model/group.js';
import { PERMISSIONS, type Permission, type Right } from '../model/rights.js';
import { bareJid } from './clockwork.js';
import type { GroupDriver, Sent } from './group-driver.js';
import { only } from './reading.js';
import { bare, iqXml, JULIET, join, memberOf, ROMEO } from './scenes.js';

/** Gives somebody rights, without anybody asking whether he may have them. `until` in seconds. */
export function give(driver: GroupDriver, jid: string, right: Right, until = 0): void {
  const version = nextVersion(driver.group(), driver.env.now);
  driver.happen({ kind: 'rightGranted', member: memberOf(driver, jid).id, right, until, version });
}

/** Shuts an address out, without anybody asking whether that may be. */
export function shutOut(driver: GroupDriver, jid: string): void {
  const address = bareJid(bare(jid));
  driver.happen({ kind: 'blockAdded', block: { address, member: driver.group().byJid.get(address) } });
}

/** What one can be to a group besides an admin with some right. */
export type Role =
  | 'owner'
  | 'member'
  | 'restricted'
  | 'former'
  | 'joining'
  | 'invited'
  | 'blocked'
  | 'stranger'
  | Exclude<Permission, 'owner'>;

export const ROLES: readonly Role[] = [
  'owner',
  'change-group',
  'set-permissions',
  'set-restrictions',
  'change-users',
  'delete-messages',
  'member',
  'restricted',
  'former',
  'joining',
  'invited',
  'blocked',
  'stranger',
];

const presence = (driver: GroupDriver, from: string, type: string): Sent[] =>
  driver.send(`<presence from='${bare(from)}' to='${driver.jid}' type='${type}'/>`);

/** Lets somebody be that: Juliet is the owner, Romeo all the others. Gives the JID of his device. */
export function inRole(driver: GroupDriver, role: Role): string {
  switch (role) {
    case 'owner':
      return JULIET;
    case 'stranger':
      return ROMEO;
    case 'blocked':
      shutOut(driver, ROMEO);
      return ROMEO;
    case 'joining':
      presence(driver, ROMEO, 'subscribe');
      return ROMEO;
    case 'invited':
      driver.send(
        iqXml(JULIET, 'set', `<invite xmlns='${NS.groupsInvite}'><jid>${bare(ROMEO)}</jid></invite>`),
      );
      return ROMEO;
    default:
      join(driver, ROMEO);
  }
  if (role === 'former') presence(driver, ROMEO, 'unsubscribe');
  else if (role === 'restricted') give(driver, ROMEO, 'send-invitations');
  else if (role !== 'member') give(driver, ROMEO, role);
  return ROMEO;
}

/** The answer to a request in short: `result`, or `not-allowed 405`. */
export function verdict(sent: readonly Sent[]): string {
  const answer = sent.map(({ stanza }) => stanza).find(({ name }) => name === 'iq');
  if (answer === undefined) throw new Error('no answer');
  return answer.attrs.type === 'error' ? errorIn(answer) : 'result';
}

function errorIn(answer: XmlElement): string {
  const error = only(answer, 'error');
  const condition = elementsOf(error).find(({ name }) => name !== 'text')?.name;
  return `${condition} ${error.attrs.code}`;
}

const LEVELS: readonly string[] = PERMISSIONS;

/** Those who hold `permission`, or one above it. */
export const holders = (permission: Permission): readonly Role[] =>
  ROLES.filter((role) => LEVELS.includes(role) && LEVELS.indexOf(role) <= LEVELS.indexOf(permission));
