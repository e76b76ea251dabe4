import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The daemon's metrics; those that the engine keeps are counted where the thing happens. */
export interface Metrics {
  readonly registry: Registry;
  /** Stanzas taken from the server; `kind` is `message`, `presence` or `iq`. */
  readonly stanzasIn: Counter<'kind'>;
  /** Stanzas given to the server; one for many recipients counts once. */
  readonly stanzasOut: Counter<'kind'>;
  /** Copies by recipient, however they are carried. */
  readonly deliveries: Counter;
  /** The time of one transaction, in seconds. */
  readonly commitSeconds: Histogram;
  /** Events in one transaction. */
  readonly batchSize: Histogram;
  /**
   * What could not be committed, by `reason`. `conflict`: changes of a group that somebody else has written;
   * they are decided anew. `storage`: whole transactions.
   */
  readonly commitFailures: Counter<'reason'>;
  /** 1 from a transaction that failed to the next one that did not, else 0. */
  readonly storageFailing: Gauge;
  /** Stanza errors that were answered, by condition. */
  readonly errors: Counter<'condition'>;
  /** 1 while the server accepts the link, else 0. */
  readonly linkUp: Gauge;
  /** How many daemons serve the groups together, this one among them. */
  readonly runners: Gauge;
  /** How often the link came back after it was down. */
  readonly reconnects: Counter;
  /** Has a number read anew at each scrape: groups, members, the length of the queue, stanzas not acknowledged. */
  gauge(
    name: 'groups' | 'members' | 'queue_length' | 'unacknowledged',
    read: () => number | Promise<number>,
  ): void;
}

const HELP = {
  groups: 'Groups that exist',
  members: 'Members of all groups',
  queue_length: 'Stanzas that wait for their group',
  unacknowledged: 'Stanzas that were handed over and are not acknowledged yet',
} as const;

const PREFIX = 'xmpp_groups_';

/** How often, in milliseconds, the delay of the event loop is measured; more often, an idle daemon is kept awake by it. */
const LOOP_MS = 100;

/** Metrics in a registry of their own, those of the process included. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_MS });
  const commitFailures = new Counter({
    name: `${PREFIX}commit_failures_total`,
    help: 'Changes that met a conflict, and transactions that the storage refused',
    labelNames: ['reason'],
    registers,
  });
  // A counter that appears only with its first failure is missing in the rate of that failure.
  for (const reason of ['conflict', 'storage']) commitFailures.inc({ reason }, 0);
  const runners = new Gauge({
    name: `${PREFIX}runners`,
    help: 'Daemons that serve the groups together, as the server counts them',
    registers,
  });
  runners.set(1);
  return {
    registry,
    stanzasIn: new Counter({
      name: `${PREFIX}stanzas_in_total`,
      help: 'Stanzas taken from the server',
      labelNames: ['kind'],
      registers,
    }),
    stanzasOut: new Counter({
      name: `${PREFIX}stanzas_out_total`,
      help: 'Stanzas given to the server',
      labelNames: ['kind'],
      registers,
    }),
    deliveries: new Counter({
      name: `${PREFIX}deliveries_total`,
      help: 'Copies of messages by recipient',
      registers,
    }),
    commitSeconds: new Histogram({
      name: `${PREFIX}commit_seconds`,
      help: 'Time of one storage transaction',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    batchSize: new Histogram({
      name: `${PREFIX}batch_size`,
      help: 'Events in one storage transaction',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      registers,
    }),
    commitFailures,
    runners,
    storageFailing: new Gauge({
      name: `${PREFIX}storage_failing`,
      help: '1 while the storage takes no changes',
      registers,
    }),
    errors: new Counter({
      name: `${PREFIX}errors_total`,
      help: 'Stanza errors answered',
      labelNames: ['condition'],
      registers,
    }),
    linkUp: new Gauge({
      name: `${PREFIX}link_up`,
      help: '1 while the server accepts the link',
      registers,
    }),
    reconnects: new Counter({
      name: `${PREFIX}reconnects_total`,
      help: 'How often the link came back',
      registers,
    }),
    gauge: (name, read) => {
      const gauge: Gauge = new Gauge({
        name: `${PREFIX}${name}`,
        help: HELP[name],
        registers,
        collect: async (): Promise<void> => gauge.set(await read()),
      });
    },
  };
}
