import { elementsOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { memberByJid, nextVersion } from '../model/group.js';
import { PERMISSIONS, type Permission, RESTRICTIONS } from '../model/rights.js';
import { bareJid } from './clockwork.js';
import type { GroupDriver, Sent } from './group-driver.js';
import { only } from './reading.js';
import { bare, grant, iqXml, JULIET, join, memberOf, ROMEO, verona } from './scenes.js';

/** Shuts an address out, without anybody asking whether that may be. */
export function shutOut(driver: GroupDriver, jid: string): void {
  const address = bareJid(bare(jid));
  driver.happen({ kind: 'blockAdded', block: { address, member: memberByJid(driver.group(), address)?.id } });
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

/** Somebody is invited, without anybody asking whether he may be. */
function letIn(driver: GroupDriver, jid: string): void {
  driver.happen({
    kind: 'invited',
    member: driver.env.newMemberId(),
    jid: bareJid(bare(jid)),
    nickname: undefined,
    by: memberOf(driver, JULIET).id,
    version: nextVersion(driver.group(), driver.env.now),
  });
}

/** Joins, also where only the invited may. */
function enter(driver: GroupDriver, jid: string): void {
  if (driver.group().properties.membership === 'member-only') letIn(driver, jid);
  join(driver, jid);
}

/** Lets somebody be that: Juliet is the owner, `jid` (Romeo) all the others. Gives the JID of his device. */
export function inRole(driver: GroupDriver, role: Role, jid: string = ROMEO): string {
  switch (role) {
    case 'owner':
      return JULIET;
    case 'stranger':
      return jid;
    case 'blocked':
      shutOut(driver, jid);
      return jid;
    case 'joining':
      if (driver.group().properties.membership === 'member-only') letIn(driver, jid);
      presence(driver, jid, 'subscribe');
      return jid;
    case 'invited':
      driver.send(
        iqXml(JULIET, 'set', `<invite xmlns='${NS.groupsInvite}'><jid>${bare(jid)}</jid></invite>`),
      );
      return jid;
    default:
      enter(driver, jid);
  }
  if (role === 'former') presence(driver, jid, 'unsubscribe');
  else if (role === 'restricted') for (const right of RESTRICTIONS) grant(driver, jid, right);
  else if (role !== 'member') grant(driver, jid, role);
  return jid;
}

/** Somebody in every role, with his device. */
const HOUSEHOLD: ReadonlyMap<Role, string> = new Map(
  ROLES.map((role) => [
    role,
    role === 'owner' ? JULIET : role === 'member' ? ROMEO : `${role}@example.com/d`,
  ]),
);

/** The device of somebody in this role. */
export function deviceOf(role: Role): string {
  const device = HOUSEHOLD.get(role);
  if (device === undefined) throw new Error(`nobody is ${role}`);
  return device;
}

/** A group of Juliet's with somebody in every role; `options` are the children of her request. */
export function household(options?: string): GroupDriver {
  const driver = verona(options);
  for (const [role, device] of HOUSEHOLD) inRole(driver, role, device);
  return driver;
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
