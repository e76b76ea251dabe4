import type { StanzaError } from '@xmpp-groups/core/stanza';
import { type Asked, DEFAULT_PREFERENCES, type Member, type Notice } from '@xmpp-groups/core/xabber';
import { beforeEach, expect, it } from 'vitest';
import { bare, jid } from '../../test/jids.js';
import { createLongLists, type LongLists } from './long-lists.js';

let said: string[];
let told: string[];
let problems: unknown[];
let isBusy: boolean;
let longest: number;
let lists: LongLists;

beforeEach(() => {
  said = [];
  told = [];
  problems = [];
  isBusy = false;
  longest = 100_000;
  lists = createLongLists(
    {
      isBusy: () => isBusy,
      fits: (text) => text.length <= longest,
      sendText: (text) => said.push(text),
    },
    { sent: () => told.push('sent'), failed: (error) => problems.push(error) },
  );
});

const member = (at: number): Member => ({
  id: `m${at}`,
  jid: bare(`user${at}@example.com`),
  subscription: 'both',
  invitedBy: undefined,
  nickname: undefined,
  badge: '',
  avatar: undefined,
  chosen: { nickname: false, avatar: false },
  preferences: DEFAULT_PREFERENCES,
  rights: new Map(),
  version: 1,
  joinedAt: 0,
  lastSeen: 0,
});

const notice = (length: number): Extract<Notice, { kind: 'list' }> => ({
  kind: 'list',
  list: {
    version: 7,
    members: Array.from({ length }, (_, at) => member(at)),
    cardFor: ({ id }) => ({ id }),
    words: {
      empty: (version) => `<query version='${version}'/>`,
      entry: ({ id }) => {
        if (id === 'm13') throw new Error('an unlucky member');
        return `<${id}/>`;
      },
    },
  },
});

/** Asks for a list; the outcome is noted under `id`. */
const ask = (id: string, length = 2, handOver?: { readonly id: string }): Promise<void> =>
  new Promise((resolve) => {
    const asked: Asked = {
      to: bare('verona@groups.example.com'),
      from: jid('romeo@example.com/orchard'),
      id,
    };
    lists.put(notice(length), {
      command: { kind: 'members', from: asked.from, since: 0, rsm: undefined },
      asked,
      handOver,
      answer: (outcome) => told.push(`${id}: ${conditionOf(outcome)}`),
      finished: () => {
        told.push(`${id}: finished`);
        resolve();
      },
    });
  });

const conditionOf = (outcome: StanzaError | { readonly kind: string }): string =>
  'condition' in outcome ? outcome.condition : outcome.kind;

it('answers with the whole list, and finishes the request then', async () => {
  await ask('one');
  expect(said).toEqual([
    "<iq from='verona@groups.example.com' to='romeo@example.com/orchard' id='one' type='result'>" +
      "<query version='7'><m0/><m1/></query></iq>",
  ]);
  expect(told).toEqual(['sent', 'one: finished']);
});

it('makes one after the other, and lets others have their turn meanwhile', async () => {
  lists = createLongLists(
    { isBusy: () => false, fits: () => true, sendText: () => said.push('a list') },
    { sent: () => undefined, failed: () => undefined },
  );
  const all = Promise.all([ask('one', 10), ask('two', 10)]);
  expect(said).toEqual([]);
  await all;
  expect(told).toEqual(['one: finished', 'two: finished']);
});

it('makes none before the server has taken what was said before', async () => {
  isBusy = true;
  const answered = ask('one');
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual([]);
  isBusy = false;
  await answered;
  expect(said).toHaveLength(1);
});

it('refuses when many wait, and what cannot be sent in one piece', async () => {
  isBusy = true;
  const waiting = Array.from({ length: 50 }, (_, at) => ask(String(at)));
  await ask('late');
  expect(told).toEqual(['late: resource-constraint', 'late: finished']);
  longest = 10;
  isBusy = false;
  await Promise.all(waiting);
  expect(said).toEqual([]);
  expect(told.filter((line) => line.endsWith(': resource-constraint'))).toHaveLength(51);
});

it('answers when a list cannot be made, and goes on', async () => {
  await ask('unlucky', 20);
  await ask('next');
  expect(problems).toHaveLength(1);
  expect(told).toEqual(['unlucky: internal-server-error', 'unlucky: finished', 'sent', 'next: finished']);
});

it('refuses what waits at the end, but leaves what was handed over to the next daemon', async () => {
  isBusy = true;
  const refused = ask('waits');
  void ask('handed over', 2, { id: 'hand-over 1' });
  await lists.stop();
  await refused;
  void ask('after the end');
  expect(told).toEqual([
    'waits: resource-constraint',
    'waits: finished',
    'after the end: resource-constraint',
    'after the end: finished',
  ]);
});
