import { bareOf } from '@xmpp-groups/core/jid';
import type { DatedEvent } from '@xmpp-groups/core/xabber';
import { memberByJid } from '@xmpp-groups/core/xabber';
import { beforeEach, describe, expect, it } from 'vitest';
import { JULIET, post, ROMEO, readArchive, type Scene, scene, VERONA } from '../../test/scene.js';

let verona: Scene;

beforeEach(async () => {
  verona = await scene();
  await verona.founded(VERONA);
  verona.store.loads.clear();
  verona.store.revisionsAsked = 0;
});

/** What another daemon writes. */
async function another(event: DatedEvent): Promise<void> {
  const stored = await verona.store.load(VERONA);
  const revision = stored?.revision ?? 0;
  expect(await verona.store.commit([{ group: VERONA, revision, events: [event] }])).not.toContain('conflict');
  verona.store.tried.length = 0;
  verona.store.loads.clear();
}

async function romeoIsOut(): Promise<void> {
  const member =
    memberByJid((await verona.store.load(VERONA))?.group ?? never(), bareOf(ROMEO))?.id ?? never();
  await another({ kind: 'memberLeft', member, version: 2_000_000_000, at: 1 });
}

const never = (): never => {
  throw new Error('there is no such thing');
};

async function reads(name: string): Promise<void> {
  verona.put(name, VERONA, readArchive(ROMEO));
  await verona.rested(VERONA);
}

describe('a group in memory that another daemon has written', () => {
  it('answers nobody from what it was', async () => {
    verona.share();
    await romeoIsOut();
    await reads('1');
    expect(verona.said).toEqual(['1: not-allowed']);
    expect(verona.store.loads.get(VERONA)).toBe(1);
  });

  it('is decided upon anew at once, without a commit in vain', async () => {
    verona.share();
    await another({ kind: 'statusChanged', status: 'fiesta', at: 1 });
    verona.put('1', VERONA, post(JULIET, 'one'));
    await verona.rested(VERONA);
    expect(verona.store.tried).toHaveLength(1);
    expect((await verona.store.load(VERONA))?.group.status).toBe('fiesta');
  });

  it('is gone when it was deleted', async () => {
    verona.share();
    await verona.store.remove(VERONA);
    await reads('1');
    expect(verona.said).toEqual(['1: item-not-found']);
  });

  it('is compared before each command that nothing waits for before it, and read only when it differs', async () => {
    verona.share();
    await reads('1');
    await reads('2');
    expect(verona.store.revisionsAsked).toBe(2);
    expect(verona.store.loads.get(VERONA)).toBeUndefined();
    const release = verona.store.holdCommits();
    verona.put('3', VERONA, post(JULIET, 'one'));
    verona.put('4', VERONA, post(ROMEO, 'two'));
    verona.put('5', VERONA, post(JULIET, 'three'));
    release();
    await verona.rested(VERONA);
    // What comes behind a write is found out by the write.
    expect(verona.store.revisionsAsked).toBe(3);
  });

  it('costs a daemon that is alone nothing', async () => {
    await reads('1');
    verona.put('2', VERONA, post(JULIET, 'one'));
    await verona.rested(VERONA);
    expect(verona.store.revisionsAsked).toBe(0);
    expect(verona.store.loads.get(VERONA)).toBeUndefined();
  });

  it('is read anew when it is doubted, also by a daemon that is alone', async () => {
    await romeoIsOut();
    verona.mailbox(VERONA).doubt();
    await reads('1');
    await reads('2');
    expect(verona.said).toEqual(['1: not-allowed', '2: not-allowed']);
    expect(verona.store.loads.get(VERONA)).toBe(1);
    expect(verona.store.revisionsAsked).toBe(0);
  });
});
