import type { Change, CommitOutcome, DatedEvent } from '@xmpp-groups/core/xabber';
import { beforeEach, describe, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { type Batch, createBatch, type Owner } from './batch.js';

const VERONA = bare('verona@groups.example.com');
const MANTUA = bare('mantua@groups.example.com');
const PADUA = bare('padua@groups.example.com');

const ownerOf = (jid: typeof VERONA): Owner => ({ jid, revision: 3, generation: 0 });
const event = (at: number): DatedEvent => ({ kind: 'statusChanged', status: 'fiesta', at });

let log: string[];
let commits: (readonly Change[])[];
/** What the next commits do; when there is nothing left, they succeed. */
let behaviour: ((changes: readonly Change[]) => Promise<readonly CommitOutcome[]>)[];
let batch: Batch;

beforeEach(() => {
  log = [];
  commits = [];
  behaviour = [];
  const commit = async (changes: readonly Change[]): Promise<readonly CommitOutcome[]> => {
    commits.push(changes);
    const act = behaviour.shift();
    return act === undefined ? changes.map(next) : act(changes);
  };
  batch = createBatch(
    { commit },
    {
      committed: (events, conflicts) => log.push(`observed ${events} events, ${conflicts} conflicts`),
      failed: (error, groups) => log.push(`observed ${error.message} in ${groups} groups`),
      fault: (error) => log.push(`observed fault ${String(error)}`),
    },
  );
});

const add = (owner: Owner, ...times: readonly number[]): void => {
  const name = `${owner.jid?.split('@')[0]} ${times.join('+')}`;
  batch.add({
    owner,
    generation: owner.generation,
    events: times.map(event),
    committed: () => log.push(`${name} committed`),
    failed: (reason) => log.push(`${name} failed: ${reason instanceof Error ? reason.message : reason}`),
  });
};

/** What comes of a change that succeeds. */
const next = ({ revision }: Pick<Change, 'revision'>): CommitOutcome => ({ revision: revision + 1 });

const brief = (changes: readonly Change[] | undefined) =>
  changes?.map(({ group, revision, events }) => `${group} ${revision}: ${events.map(({ at }) => at).join()}`);

describe('createBatch', () => {
  it('puts what comes in one turn into one transaction, the decisions of a group into one change', async () => {
    const [verona, mantua] = [ownerOf(VERONA), ownerOf(MANTUA)];
    add(verona, 1, 2);
    add(mantua, 3);
    add(verona, 4);
    await batch.settled();
    expect(commits.map(brief)).toEqual([[`${VERONA} 3: 1,2,4`, `${MANTUA} 3: 3`]]);
    expect(log).toEqual([
      'observed 4 events, 0 conflicts',
      'verona 1+2 committed',
      'mantua 3 committed',
      'verona 4 committed',
    ]);
    expect([verona.revision, mantua.revision]).toEqual([4, 4]);
  });

  it('gathers what comes while a commit is under way for the next one', async () => {
    const verona = ownerOf(VERONA);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const started = new Promise<void>((resolve) => {
      behaviour.push(async () => {
        resolve();
        await held;
        return [next({ revision: 3 })];
      });
    });
    add(verona, 1);
    await started;
    add(verona, 2);
    add(verona, 3);
    expect(log).toEqual([]);
    release();
    await batch.settled();
    expect(commits.map(brief)).toEqual([[`${VERONA} 3: 1`], [`${VERONA} 4: 2,3`]]);
  });

  it('needs no transaction where there are no events', async () => {
    add(ownerOf(VERONA));
    await batch.settled();
    expect(commits).toEqual([]);
    expect(log).toEqual(['verona  committed']);
  });

  it('a conflict leaves only its own group out', async () => {
    const owners = [ownerOf(VERONA), ownerOf(MANTUA), ownerOf(PADUA)] as const;
    behaviour.push(async () => [next({ revision: 3 }), 'conflict', next({ revision: 3 })]);
    owners.forEach((owner, at) => {
      add(owner, at);
    });
    add(owners[1], 9);
    await batch.settled();
    expect(log).toEqual([
      'observed 2 events, 1 conflicts',
      'verona 0 committed',
      'mantua 1 failed: conflict',
      'padua 2 committed',
      'mantua 9 failed: conflict',
    ]);
    expect(owners.map(({ revision, generation }) => [revision, generation])).toEqual([
      [4, 0],
      [3, 1],
      [4, 0],
    ]);
  });

  it.each([
    ['an error', new Error('disk full'), 'disk full'],
    ['something else', 'disk full', 'disk full'],
  ])(
    'a store that fails with %s fails all groups of the transaction, and no later one',
    async (_, thrown, says) => {
      const [verona, mantua] = [ownerOf(VERONA), ownerOf(MANTUA)];
      behaviour.push(() => Promise.reject(thrown));
      add(verona, 1);
      add(mantua, 2);
      await batch.settled();
      add(verona, 3);
      await batch.settled();
      expect(log).toEqual([
        `observed ${says} in 2 groups`,
        `verona 1 failed: ${says}`,
        `mantua 2 failed: ${says}`,
        'observed 1 events, 0 conflicts',
        'verona 3 committed',
      ]);
      expect([verona, mantua].map(({ revision, generation }) => [revision, generation])).toEqual([
        [4, 1],
        [3, 1],
      ]);
    },
  );

  it.each([
    ['conflict', async (): Promise<readonly CommitOutcome[]> => ['conflict']],
    ['broken', () => Promise.reject(new Error('broken'))],
  ] as const)('never commits a decision that stands on one that failed (%s)', async (reason, act) => {
    const verona = ownerOf(VERONA);
    // Made while the first is under way, with what the first has decided in mind.
    behaviour.push(() => {
      add(verona, 2);
      return act();
    });
    add(verona, 1);
    await batch.settled();
    await batch.settled();
    expect(commits).toHaveLength(1);
    expect(log.filter((line) => line.startsWith('verona'))).toEqual([
      `verona 1 failed: ${reason}`,
      'verona 2 failed: conflict',
    ]);
    expect(verona.revision).toBe(3);
  });

  it('tells everybody the outcome, also when somebody cannot bear his', async () => {
    const verona = ownerOf(VERONA);
    const bad = (): never => {
      throw new Error('unbearable');
    };
    batch.add({ owner: verona, generation: 0, events: [event(1)], committed: bad, failed: bad });
    add(verona, 2);
    await batch.settled();
    add(verona, 3);
    await batch.settled();
    expect(log).toEqual([
      'observed 2 events, 0 conflicts',
      'observed fault Error: unbearable',
      'verona 2 committed',
      'observed 1 events, 0 conflicts',
      'verona 3 committed',
    ]);
  });

  it('has settled when all that was added before has, and not before', async () => {
    const verona = ownerOf(VERONA);
    behaviour.push(() => Promise.reject(new Error('full')));
    add(verona, 1);
    const settled = batch.settled().then(() => log.push('settled'));
    add(verona, 2);
    await settled;
    expect(log).toEqual([
      'observed full in 1 groups',
      'verona 1 failed: full',
      'verona 2 failed: full',
      'settled',
    ]);
  });
});
