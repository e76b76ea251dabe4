import type { GroupCommand } from '@xmpp-groups/core/xabber';
import { NS } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { jid } from '../../test/jids.js';
import { vocabularies } from './vocabularies.js';

const OLD = jid('juliet@example.com/2018');
const NEW = jid('juliet@example.com/2021');

const history = (from: typeof OLD): GroupCommand => ({
  kind: 'archive',
  from,
  queryId: undefined,
  version: NS.mam,
  with: undefined,
  query: { page: { direction: 'forward', max: 20 } },
});
const opened = (from: typeof OLD): GroupCommand => ({ kind: 'opened', from, vocabulary: 'v0' });

describe('vocabularies', () => {
  it('gives history to a device in the words that it spoke, and to others in those of today', () => {
    const { worded } = vocabularies();
    expect(worded(OLD, history(OLD)).vocabulary).toBeUndefined();
    worded(OLD, opened(OLD));
    expect(worded(OLD, history(OLD)).vocabulary).toBe('v0');
    expect(worded(NEW, history(NEW)).vocabulary).toBeUndefined();
  });

  it('leaves what says its words itself, and what is the same in all, as it is', () => {
    const { worded } = vocabularies();
    const blocks: GroupCommand = { kind: 'blocks', from: OLD, vocabulary: 'late v0' };
    expect(worded(OLD, blocks)).toBe(blocks);
    const probe: GroupCommand = { kind: 'probed', from: OLD };
    expect(worded(OLD, probe)).toBe(probe);
  });

  it('forgets a device that goes, and beyond a number the one it has not heard of for longest', () => {
    const { worded } = vocabularies(1);
    worded(OLD, opened(OLD));
    worded(OLD, { kind: 'disappeared', from: OLD });
    expect(worded(OLD, history(OLD)).vocabulary).toBeUndefined();
    worded(OLD, opened(OLD));
    worded(NEW, opened(NEW));
    expect(worded(OLD, history(OLD)).vocabulary).toBeUndefined();
    expect(worded(NEW, history(NEW)).vocabulary).toBe('v0');
  });
});
