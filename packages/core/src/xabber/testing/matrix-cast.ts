import { bareOf } from '../../jid/index.js';
import type { GroupEvent } from '../model/events.js';
import { PERMISSIONS, RESTRICTIONS, type Right } from '../model/rights.js';
import { bareJid } from './clockwork.js';
import type { GroupDriver } from './group-driver.js';
import { pictureOf } from './pictures.js';
import { bare, createXml, JULIET, memberOf, NURSE, PARIS, verona } from './scenes.js';

/** What one can be to a group: the columns of matrix.txt, and how they are called there. */
export const ROLES = [
  'owner',
  ...PERMISSIONS.filter((right) => right !== 'owner'),
  'member',
  ...RESTRICTIONS.map((right) => `no ${right}` as const),
  'joining',
  'invited',
  'former',
  'blocked',
  'stranger',
  'group',
  'owner of an inactive group',
] as const;

export type MatrixRole = (typeof ROLES)[number];

const ACTOR = 'romeo@example.com/orchard';
const OTHER_GROUP = 'mantua@groups.example.com/Group';
const GUEST = 'tybalt@example.net';
const ENEMY = 'mercutio@example.net';
const IMAGE = pictureOf('a picture');
const HERS = pictureOf('her picture');

/** Who takes part in a request, by JID or by member id, and what it may be about. */
export interface Cast {
  readonly driver: GroupDriver;
  readonly role: MatrixRole;
  /** Who asks: his device. */
  readonly me: string;
  /** His member id; a made-up one when he has none. */
  readonly myId: string;
  /** An ordinary member, an admin (`delete-messages`), another owner. */
  readonly member: string;
  readonly admin: string;
  readonly owner: string;
  /** Somebody whom Juliet, who made the group, has invited; somebody who is blocked: JIDs. */
  readonly guest: string;
  readonly enemy: string;
  /** Ids in the archive: what the actor wrote (none where he never could), and what the owner wrote. */
  readonly mine: string;
  readonly hers: string;
}

const nobody = 'nobody0000000000';

/**
 * A group with the actor in this role, a member, an admin and another owner.
 * @param options the children of the request that made the group
 */
export function castFor(role: MatrixRole, options?: string): Cast {
  const driver = verona(options);
  const version = (): number => driver.group().version + 1;
  const known = (jid: string): string => {
    const member = driver.env.newMemberId();
    const address = bareOf(bareJid(bare(jid)));
    driver.happen({ kind: 'joinRequested', member, jid: address, nickname: undefined, version: version() });
    return member;
  };
  const enter = (jid: string, ...rights: readonly Right[]): string => {
    const member = known(jid);
    driver.happen({ kind: 'memberJoined', member, version: version() });
    for (const right of rights) {
      driver.happen({ kind: 'rightGranted', member, right, until: 0, version: version() });
    }
    return member;
  };
  const by = memberOf(driver, JULIET).id;
  const invited = (jid: string): string => {
    const member = driver.env.newMemberId();
    const address = bareOf(bareJid(jid));
    driver.happen({ kind: 'invited', member, jid: address, nickname: undefined, by, version: version() });
    return member;
  };
  const post = (author: string): string => {
    const stanzaId = driver.group().lastStanzaId + 1;
    driver.happen(posted(author, stanzaId));
    return String(stanzaId);
  };
  const people = {
    member: enter(NURSE),
    admin: enter(PARIS, 'delete-messages'),
    owner: enter('escalus@example.org/throne', 'owner'),
  };
  invited(GUEST);
  const block = (jid: string): void =>
    driver.happen({ kind: 'blockAdded', block: { address: bareOf(bareJid(jid)), member: undefined } });
  block(ENEMY);
  // What somebody publishes as an avatar must have been given before.
  for (const { sha1: id, base64 } of [IMAGE, HERS]) {
    driver.happen({ kind: 'avatarStored', id, mediaType: 'image/png', base64 });
  }
  const avatar = { id: HERS.sha1, bytes: HERS.bytes, type: 'image/png' };
  driver.happen({ kind: 'avatarChanged', member: people.member, avatar, version: version() });

  const actor = (): string => {
    switch (role) {
      case 'owner':
      case 'owner of an inactive group':
        return by;
      case 'stranger':
      case 'group':
        return nobody;
      case 'blocked':
        block(bare(ACTOR));
        return nobody;
      case 'joining':
        return known(ACTOR);
      case 'invited':
        return invited(bare(ACTOR));
      case 'member':
        return enter(ACTOR);
      case 'former': {
        const id = enter(ACTOR);
        driver.happen({ kind: 'memberLeft', member: id, version: version() });
        return id;
      }
      default:
        return enter(ACTOR, rightIn(role));
    }
  };
  const myId = actor();
  const wrote = driver.group().members.get(myId)?.subscription === 'both' || role === 'former';
  if (role === 'owner of an inactive group') driver.happen({ kind: 'statusChanged', status: 'inactive' });
  return {
    driver,
    role,
    me: myId === by ? JULIET : role === 'group' ? OTHER_GROUP : ACTOR,
    myId,
    ...people,
    guest: GUEST,
    enemy: ENEMY,
    mine: wrote ? post(myId) : '1618495000000001',
    hers: post(people.owner),
  };
}

const rightIn = (role: string): Right => {
  const found = [...PERMISSIONS, ...RESTRICTIONS].find((right) => role === right || role === `no ${right}`);
  if (found === undefined) throw new Error(`${role} is no right`);
  return found;
};

const posted = (author: string, stanzaId: number): GroupEvent => ({
  kind: 'messagePosted',
  message: {
    stanzaId,
    author,
    id: `s${stanzaId}`,
    originId: `s${stanzaId}`,
    text: 'a word',
    xml: '<body>a word</body>',
  },
});

/** The image that is there to become an avatar. */
export const STORED = IMAGE.sha1;

/** The request for a group where there is one already. */
export const secondCreation = (from: string): string =>
  createXml('<name>V</name><localpart>verona</localpart>', from);
