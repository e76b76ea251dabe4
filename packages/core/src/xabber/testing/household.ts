import { bareOf } from '../../jid/index.js';
import { PERMISSIONS, RESTRICTIONS, type Right } from '../model/rights.js';
import { bareJid } from './clockwork.js';
import type { GroupDriver } from './group-driver.js';
import { bare, JULIET, join, memberOf, presenceXml, ROMEO, verona } from './scenes.js';

/** Somebody in every relation that one can have to a group, by what he is called: his device. */
const ROLES = {
  owner: JULIET,
  'admin change-group': 'change-group@example.com/d',
  'admin set-permissions': 'set-permissions@example.com/d',
  'admin set-restrictions': 'set-restrictions@example.com/d',
  'admin change-users': 'change-users@example.com/d',
  'admin delete-messages': 'delete-messages@example.com/d',
  member: ROMEO,
  restricted: 'restricted@example.com/d',
  blocked: 'blocked@example.com/d',
  invited: 'invited@example.com/d',
  waiting: 'waiting@example.com/d',
  former: 'former@example.com/d',
  stranger: 'stranger@example.com/d',
} as const;

/** All of them, for tables. */
export const ROLE_NAMES = Object.entries(ROLES).map(([name]) => name);

/** The device of somebody by what he is called. */
export function deviceOf(role: string): string {
  const found = Object.entries(ROLES).find(([name]) => name === role);
  if (found === undefined) throw new Error(`nobody is called ${role}`);
  return found[1];
}

/** Gives a member rights, for ever. */
function grant(driver: GroupDriver, jid: string, ...rights: readonly Right[]): void {
  const { id } = memberOf(driver, jid);
  for (const right of rights) {
    const version = driver.group().version + 1;
    driver.happen({ kind: 'rightGranted', member: id, right, until: 0, version });
  }
}

/** A group of Juliet's with somebody in every role; `options` are the children of her request. */
export function household(options?: string): GroupDriver {
  const driver = verona(options);
  for (const permission of PERMISSIONS) {
    if (permission === 'owner') continue;
    const jid = ROLES[`admin ${permission}`];
    enter(driver, jid);
    grant(driver, jid, permission);
  }
  for (const jid of [ROLES.member, ROLES.restricted, ROLES.former]) enter(driver, jid);
  grant(driver, ROLES.restricted, ...RESTRICTIONS);
  driver.send(presenceXml(ROLES.former, 'unsubscribe'));
  driver.happen({
    kind: 'blockAdded',
    block: { address: bareOf(bareJid(bare(ROLES.blocked))), member: undefined },
  });
  invite(driver, ROLES.invited);
  invite(driver, ROLES.waiting);
  driver.send(presenceXml(ROLES.waiting, 'subscribe'));
  return driver;
}

/** Joins, also where only the invited may. */
function enter(driver: GroupDriver, jid: string): void {
  invite(driver, jid);
  join(driver, jid);
}

function invite(driver: GroupDriver, jid: string): void {
  driver.happen({
    kind: 'invited',
    member: driver.env.newMemberId(),
    jid: bareJid(bare(jid)),
    nickname: undefined,
    by: memberOf(driver, JULIET).id,
    version: driver.group().version + 1,
  });
}
