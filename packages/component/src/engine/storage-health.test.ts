import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../metrics.js';
import type { BatchObserver } from './batch.js';
import { storageHealth } from './storage-health.js';

let metrics: Metrics;
let logged: string[];
let health: BatchObserver;

beforeEach(() => {
  metrics = createMetrics();
  logged = [];
  const log = pino({ base: null, timestamp: false }, { write: (line) => logged.push(line) });
  health = storageHealth(metrics, log);
});

const shown = async (name: string): Promise<string[]> =>
  (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(`xmpp_groups_${name}`));

describe('storageHealth', () => {
  it('shows from the start that nothing has failed', async () => {
    expect(await shown('storage_failing')).toEqual(['xmpp_groups_storage_failing 0']);
    expect(await shown('commit_failures')).toEqual([
      'xmpp_groups_commit_failures_total{reason="conflict"} 0',
      'xmpp_groups_commit_failures_total{reason="storage"} 0',
    ]);
  });

  it('counts each failure, and logs the first, each new reason, and the recovery', async () => {
    health.failed(new Error('disk full'), 3);
    health.failed(new Error('disk full'), 2);
    health.failed(new Error('disk gone'), 1);
    expect(await shown('storage_failing')).toEqual(['xmpp_groups_storage_failing 1']);
    expect(await shown('commit_failures_total{reason="storage"}')).toEqual([
      'xmpp_groups_commit_failures_total{reason="storage"} 3',
    ]);
    expect(logged).toEqual([
      expect.stringMatching(/"level":50.*disk full/),
      expect.stringMatching(/"level":50.*disk gone/),
    ]);
    health.committed(1, 0, 0.001);
    health.committed(1, 0, 0.001);
    expect(logged.slice(2)).toEqual([expect.stringMatching(/"level":30,"failures":3.*takes changes again/)]);
    expect(await shown('storage_failing')).toEqual(['xmpp_groups_storage_failing 0']);
    health.failed(new Error('disk gone'), 1);
    expect(logged).toHaveLength(4);
  });

  it('counts the conflicts beside the events and the time of a transaction', async () => {
    health.committed(5, 2, 0.002);
    expect(await shown('commit_failures_total{reason="conflict"}')).toEqual([
      'xmpp_groups_commit_failures_total{reason="conflict"} 2',
    ]);
    expect(await shown('batch_size_sum')).toEqual(['xmpp_groups_batch_size_sum 5']);
    expect(await shown('commit_seconds_count')).toEqual(['xmpp_groups_commit_seconds_count 1']);
    expect(logged).toEqual([]);
  });

  it('logs what could not be said', () => {
    health.fault(new Error('too long'));
    expect(logged).toEqual([expect.stringMatching(/"level":50.*too long/)]);
  });
});
