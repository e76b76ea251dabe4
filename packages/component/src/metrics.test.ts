import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.js';

describe('createMetrics', () => {
  it('counts and shows what was counted', async () => {
    const metrics = createMetrics();
    metrics.stanzasIn.inc({ kind: 'message' });
    metrics.deliveries.inc(50);
    metrics.commitSeconds.observe(0.002);
    metrics.errors.inc({ condition: 'forbidden' });
    const text = await metrics.registry.metrics();
    expect(text).toContain('xmpp_groups_stanzas_in_total{kind="message"} 1');
    expect(text).toContain('xmpp_groups_deliveries_total 50');
    expect(text).toContain('xmpp_groups_commit_seconds_bucket{le="0.0025"} 1');
    expect(text).toContain('xmpp_groups_errors_total{condition="forbidden"} 1');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('reads gauges anew at each scrape', async () => {
    const metrics = createMetrics();
    let groups = 3;
    metrics.gauge('groups', () => groups);
    metrics.gauge('members', async () => groups * 10);
    expect(await metrics.registry.metrics()).toContain('xmpp_groups_groups 3\n');
    groups = 4;
    const text = await metrics.registry.metrics();
    expect(text).toContain('xmpp_groups_groups 4\n');
    expect(text).toContain('xmpp_groups_members 40\n');
  });

  it('has a registry of its own each time', () => {
    expect(createMetrics().registry).not.toBe(createMetrics().registry);
  });
});
