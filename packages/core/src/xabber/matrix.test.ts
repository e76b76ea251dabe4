import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elementsOf, type XmlElement } from '../xml/element.js';
import { NS } from '../xml/namespaces.js';
import { PERMISSIONS, RESTRICTIONS } from './model/rights.js';
import type { GroupDriver, Sent } from './testing/group-driver.js';
import { type Cast, castFor, type MatrixRole, ROLES } from './testing/matrix-cast.js';
import { REQUESTS } from './testing/matrix-requests.js';
import { only, text } from './testing/reading.js';
import { bare, reaching } from './testing/scenes.js';

/** The cells of matrix.txt for what comes back. */
const CELLS: Readonly<Record<string, string>> = {
  'not-allowed': 'not',
  'item-not-found': 'none',
  'bad-request': 'bad',
  conflict: 'taken',
  'unexpected-request': 'early',
};

const errorIn = (stanza: XmlElement): string | undefined => {
  if (stanza.attrs.type !== 'error') return undefined;
  const condition = elementsOf(only(stanza, 'error')).find(({ name }) => name !== 'text')?.name ?? '';
  return CELLS[condition] ?? condition;
};

/** What came of a request, as matrix.txt has it. */
function outcome(sent: readonly Sent[], me: string, same: boolean): string {
  const mine = reaching(sent, me);
  const refused = mine.map(errorIn).find((cell) => cell !== undefined);
  if (refused !== undefined) return refused;
  if (mine.some(({ name }) => name === 'iq')) return 'ok';
  if (mine.some(({ name, attrs }) => name === 'presence' && attrs.type === 'unsubscribed')) return 'out';
  return sent.length === 0 && same ? '-' : 'ok';
}

/** Everything that there is to know of a group. */
const everything = (driver: GroupDriver): string =>
  JSON.stringify(
    [driver.exists() ? driver.group() : undefined, driver.archive, [...driver.images]],
    (_, value) => (value instanceof Map ? [...value] : value),
  );

/** How the roles are called at the head of matrix.txt, which explains it. */
const HEADINGS: Readonly<Record<MatrixRole, string>> = {
  owner: 'owner',
  'change-group': 'change',
  'set-permissions': 'perms',
  'set-restrictions': 'restr',
  'change-users': 'users',
  'delete-messages': 'delete',
  member: 'member',
  'no send-messages': '!write',
  'no read-messages': '!read',
  'no send-invitations': '!invite',
  'no send-images': '!image',
  'no send-audio': '!audio',
  'no send-voice': '!voice',
  'no send-stickers': '!stick',
  joining: 'joining',
  invited: 'invited',
  former: 'former',
  blocked: 'blocked',
  stranger: 'stranger',
  group: 'group',
  'owner of an inactive group': 'asleep',
};

/** `matrix.txt`: what comes of each request in each role. */
const [HEAD = [], ...LINES] = readFileSync(new URL('matrix.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.includes('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const TABLE = new Map(LINES.map(([title = '', ...cells]) => [title, cells]));

const ROWS = Object.values(REQUESTS).flat();

const inside = ({ driver, myId }: Cast): boolean => driver.group().members.get(myId)?.subscription === 'both';

function run(title: string, role: MatrixRole) {
  const row = ROWS.find((candidate) => candidate.title === title);
  if (row === undefined) throw new Error(`nobody does "${title}"`);
  const cast = castFor(role, row.options);
  row.prepare?.(cast);
  const before = everything(cast.driver);
  const member = inside(cast);
  const sent = row.act(cast);
  const same = everything(cast.driver) === before;
  return { cast, sent, member, same, cell: outcome(sent, cast.me, same) };
}

/** What is said to a member about a refusal: the right that he is missing, or what else stands against it. */
const REASON = new RegExp(
  `${[...PERMISSIONS, ...RESTRICTIONS].join('|')}|stands? above|Owners can do|his own rights|below you|Only its author|in ban list|inactive|incognito|nothing to disclose`,
);

/** The sentence of a refusal; `undefined` when there was none, or it was a presence. */
function sentenceIn(sent: readonly Sent[], me: string): string | undefined {
  const error = reaching(sent, me).find(({ attrs }) => attrs.type === 'error');
  return error && text(error, 'error', `text ${NS.stanzas}`);
}

/** Those who are taken from the rosters of the group's members although they are some. */
function wronglyGone({ driver }: Cast, sent: readonly Sent[]): string[] {
  const gone = sent.filter(({ stanza }) => stanza.attrs.type === 'unsubscribe').map(({ to }) => bare(to));
  const within = driver.exists() ? [...driver.group().members.values()] : [];
  return gone.filter((jid) => within.some((one) => one.jid === jid && one.subscription === 'both'));
}

describe('who may do what', () => {
  it('is written down for all roles and all requests', () => {
    expect(HEAD.slice(1)).toEqual(ROLES.map((role) => HEADINGS[role]));
    expect([...TABLE.keys()].sort()).toEqual(ROWS.map(({ title }) => title).sort());
  });

  describe.each(ROWS.map(({ title }) => title))('%s', (title) => {
    const outcomes = ROLES.map((role) => ({ role, ...run(title, role) }));

    it('is done, or refused, as the table says (error rows 3, 16, 20, 23, 26, 30, 40, 43, 44, 45, 47, 49, 51, 53, 54, 55)', () => {
      const cells = outcomes.map(({ role, cell }) => `${HEADINGS[role]}: ${cell}`);
      expect(cells).toEqual(HEAD.slice(1).map((role, at) => `${role}: ${TABLE.get(title)?.[at]}`));
    });

    it('changes nothing when it is refused, and says to members which right they are missing', () => {
      for (const { role, cast, sent, member, same, cell } of outcomes) {
        if (cell === 'ok') continue;
        expect([role, same]).toEqual([role, true]);
        const sentence = sentenceIn(sent, cast.me);
        expect(sentence, role).not.toBe('');
        if (member && cell === 'not') expect(sentence, role).toMatch(REASON);
      }
    });

    it('takes nobody from a roster who is still in (T16)', () => {
      for (const { role, cast, sent } of outcomes) expect([role, ...wronglyGone(cast, sent)]).toEqual([role]);
    });
  });
});
