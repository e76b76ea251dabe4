import { NS } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elementFrom, type FakeLink, fakeLink } from '../../test/fake-link.js';
import { type FragileStore, fragileStore } from '../../test/fragile-store.js';
import { HOST, JULIET, VERONA } from '../../test/scene.js';
import { createMetrics } from '../metrics.js';
import { createEngine, type Engine } from './engine.js';
import type { Names } from './names.js';

let store: FragileStore;
let link: FakeLink;
let engine: Engine;
/** What the engine asked of the names, and said of them. */
let asked: string[];
let claim: Names['claim'];

beforeEach(async () => {
  store = await fragileStore();
  link = fakeLink();
  asked = [];
  claim = async () => true;
  const names: Names = {
    claim: async (group) => {
      asked.push(`claim ${group}`);
      return claim(group);
    },
    // What was said of the group before belongs to it still.
    release: (group) => asked.push(`release ${group}`, ...link.written.splice(0).flatMap(partings)),
  };
  const log = pino({ level: 'silent' });
  engine = createEngine({ host: HOST, store, link, names, metrics: createMetrics(), log });
  engine.open({ kind: 'splice' });
});
afterEach(async () => {
  await engine.stop();
  await store.close();
});

const partings = (text: string): string[] => (text.includes("type='unsubscribed'") ? ['after farewell'] : []);

const request = (id: string, payload: string): void =>
  engine.handle(
    elementFrom(`<iq type='set' id='${id}' from='${JULIET}' to='${HOST.domain}'>${payload}</iq>`),
  );
const create = (id: string, localpart = '<localpart>verona</localpart>'): void =>
  request(id, `<query xmlns='${NS.groupsCreate}'><name>V</name>${localpart}</query>`);
const remove = (id: string): void => request(id, `<query xmlns='${NS.groupsDelete}'>verona</query>`);

/** The answer to a request: the JID of the group, or the condition of the error with its code. */
async function answer(id: string): Promise<string> {
  const iq = await link.writes(new RegExp(`<iq (?=[^>]*id='${id}')[^>]*(/>|>.*?</iq>)`));
  const error = /<error type='\w+' code='(\d+)'><([\w-]+)|<error code='(\d+)' type='\w+'><([\w-]+)/.exec(
    iq[0],
  );
  if (error !== null) return `${error[2] ?? error[4]} ${error[1] ?? error[3]}`;
  return /<localpart>(.*?)</.exec(iq[0])?.[1] ?? 'done';
}

describe('a group beside users', () => {
  it('has its name when it is made, and gives it back when it is gone and has said so', async () => {
    create('1');
    expect(await answer('1')).toBe('verona');
    remove('2');
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(asked).toEqual([`claim ${VERONA}`, `release ${VERONA}`, 'after farewell']);
  });

  it('is not made when a user has the name (error row 5)', async () => {
    claim = async () => false;
    create('1');
    expect(await answer('1')).toBe('conflict 409');
    expect(await store.load(VERONA)).toBeUndefined();
    expect(asked).toEqual([`claim ${VERONA}`]);
  });

  it('asks for no name that a group has, and does not give it back', async () => {
    create('1');
    create('2');
    expect([await answer('1'), await answer('2')]).toEqual(['verona', 'conflict 409']);
    expect(asked).toEqual([`claim ${VERONA}`]);
  });

  it('that nobody has named tries another name when one is taken', async () => {
    claim = async () => asked.length === 3;
    create('1', '');
    const name = await answer('1');
    expect(asked).toHaveLength(3);
    expect(new Set(asked).size).toBe(3);
    expect(asked.at(-1)).toBe(`claim ${name}@${HOST.domain}`);
  });

  it('that nobody has named is refused when all names are taken', async () => {
    claim = async () => false;
    create('1', '');
    expect(await answer('1')).toBe('conflict 409');
    expect(asked).toHaveLength(5);
  });

  it('is refused when nobody can say whether the name is free, and may be tried again', async () => {
    claim = () => Promise.reject(new Error('no answer'));
    create('1');
    expect(await answer('1')).toBe('internal-server-error 500');
    claim = async () => true;
    create('2');
    expect(await answer('2')).toBe('verona');
  });

  it('that could not be stored gives the name back', async () => {
    store.commitFailure = new Error('the disk is full');
    create('1');
    expect(await answer('1')).toBe('internal-server-error 500');
    expect(asked).toEqual([`claim ${VERONA}`, `release ${VERONA}`]);
  });

  it('keeps its name when it is made anew while the one before it is being deleted', async () => {
    create('1');
    await answer('1');
    const goOn = store.holdCommits();
    remove('2');
    create('3');
    await vi.waitFor(() => expect(asked).toEqual([`claim ${VERONA}`, `claim ${VERONA}`]));
    goOn();
    expect(await answer('3')).toBe('verona');
    expect(asked).toEqual([`claim ${VERONA}`, `claim ${VERONA}`]);
  });
});
