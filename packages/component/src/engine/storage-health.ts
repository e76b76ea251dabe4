import type { Logger } from 'pino';
import type { Metrics } from '../metrics.js';
import type { BatchObserver } from './batch.js';

/**
 * Keeps the metrics of the commits, and tells the log when the storage begins to fail, fails for another
 * reason, and works again. Not each failure: a log of them would help to fill the disk that is full.
 */
export function storageHealth(
  metrics: Pick<Metrics, 'batchSize' | 'commitSeconds' | 'commitFailures' | 'storageFailing'>,
  log: Logger,
): BatchObserver {
  let failures = 0;
  let lastMessage: string | undefined;
  return {
    committed: (events, conflicts, seconds) => {
      metrics.batchSize.observe(events);
      metrics.commitSeconds.observe(seconds);
      metrics.commitFailures.inc({ reason: 'conflict' }, conflicts);
      if (failures === 0) return;
      log.info({ failures }, 'the storage takes changes again');
      failures = 0;
      lastMessage = undefined;
      metrics.storageFailing.set(0);
    },
    failed: (error, groups) => {
      failures += 1;
      metrics.commitFailures.inc({ reason: 'storage' });
      metrics.storageFailing.set(1);
      if (error.message === lastMessage) return;
      lastMessage = error.message;
      log.error({ err: error, groups }, 'the storage takes no changes; their senders get an error');
    },
    fault: (error) => log.error({ err: error }, 'what was decided could not be said'),
  };
}
