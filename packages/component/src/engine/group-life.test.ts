import { NS } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elementFrom, type FakeLink, fakeLink } from '../../test/fake-link.js';
import { type FragileStore, fragileStore } from '../../test/fragile-store.js';
import { HOST, VERONA } from '../../test/scene.js';
import { createMetrics } from '../metrics.js';
import { createEngine, type Engine } from './engine.js';

const JULIET = 'juliet@example.com/balcony';

let store: FragileStore;
let link: FakeLink;
let engine: Engine;

beforeEach(async () => {
  // Before the engine starts its timers; what is asynchronous by itself stays so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  store = await fragileStore();
  link = fakeLink();
  engine = createEngine({
    host: HOST,
    store,
    link,
    metrics: createMetrics(),
    log: pino({ level: 'silent' }),
  });
  engine.open({ kind: 'splice' });
});

afterEach(async () => {
  for (const question of link.questions) question.answer(undefined);
  await engine.stop();
  await store.close();
  vi.useRealTimers();
});

const handle = (text: string): void => engine.handle(elementFrom(text));

const request = (id: string, payload: string): string =>
  `<iq type='set' id='${id}' from='${JULIET}' to='${HOST.domain}'>${payload}</iq>`;
const create = (id: string): string =>
  request(id, `<query xmlns='${NS.groupsCreate}'><localpart>verona</localpart><name>V</name></query>`);
const remove = (id: string, name = 'verona'): string =>
  request(id, `<query xmlns='${NS.groupsDelete}'>${name}</query>`);
const OPENS = `<presence from='${JULIET}' to='${VERONA}'><x xmlns='${NS.groupsPresent}'/></presence>`;
const PROBES = `<presence type='probe' from='${JULIET}' to='${VERONA}'/>`;

/** Waits for the answer of this type to a request. */
const answered = (id: string, type: 'result' | 'error') =>
  link.writes(new RegExp(`<iq [^>]*id='${id}'[^>]*type='${type}'|<iq [^>]*type='${type}'[^>]*id='${id}'`));

/** Waits for the next presence that tells how many have the chat open. */
async function counts(present: number): Promise<void> {
  await link.writes(new RegExp(`<present>${present}</present>`));
  link.written.length = 0;
}

describe('who has the chat open', () => {
  it('is looked after by a timer: who is silent for an hour is not counted', async () => {
    handle(create('1'));
    await answered('1', 'result');
    handle(OPENS);
    await counts(1);
    await vi.advanceTimersByTimeAsync(50 * 60_000);
    handle(PROBES);
    await counts(1);
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    handle(PROBES);
    await counts(0);
  });
});

describe('a group that is deleted', () => {
  it('can be made anew at once', async () => {
    handle(create('1'));
    handle(remove('2'));
    handle(create('3'));
    for (const id of ['1', '2', '3']) await answered(id, 'result');
    expect((await store.load(VERONA))?.group.size).toBe(1);
  });

  it.each(['nobody', 'verona@elsewhere.example.com', 'a b', 'nobody@groups.example.com'])(
    'must be one of this host: %s',
    async (name) => {
      handle(remove('1', name));
      await answered('1', 'error');
      expect(link.written.join()).toContain('item-not-found');
    },
  );
});
