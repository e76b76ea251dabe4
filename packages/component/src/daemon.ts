import type { Store } from '@xmpp-groups/core/xabber';
import { openStore } from '@xmpp-groups/storage';
import type { DestinationStream } from 'pino';
import type { Config } from './config/load.js';
import { createEngine } from './engine/engine.js';
import { hostOf } from './host.js';
import { avatarsOf } from './http/avatars.js';
import { startHttp } from './http/server.js';
import { createLog } from './log.js';
import { createMetrics } from './metrics.js';
import { serverLink } from './server-link.js';
import { joinTraffic } from './traffic.js';
import { VERSION } from './version.js';

/** What the groups want to know of: accounts that are gone, and what people are called. */
const EVENTS = ['remove_user', 'vcard_set'];

/**
 * Serves groups until `ending` is aborted. Then stanzas are taken no more, what was taken is committed and
 * delivered, and the stream is closed.
 * @param stream where the log goes; default: stderr
 * @returns the exit code of the process: 1 when the daemon could not start
 */
export async function serve(config: Config, ending: AbortSignal, stream?: DestinationStream): Promise<0 | 1> {
  const log = createLog(config.log, stream);
  let store: Store;
  try {
    store = await openStore(config.storage.url, {
      onProblem: (err) => log.error({ err }, 'the search indexes no longer follow the archive'),
    });
  } catch (error) {
    log.fatal(`storage.url: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  const metrics = createMetrics();
  const to = serverLink(config, { retryFirst: true, log, events: EVENTS });
  const { link, outlet } = to;
  const engine = createEngine({
    host: {
      ...hostOf(config),
      get hasUsers() {
        return to.hasUsers?.() ?? false;
      },
    },
    store,
    link,
    ...(outlet && { outlet }),
    names: to.names?.(store),
    metrics,
    log,
    groupsPerDay: config.limits.groupsPerDay,
  });
  const total = (what: 'groups' | 'members') => async (): Promise<number> => {
    try {
      return (await store.totals())[what];
    } catch (error) {
      // The other metrics are needed most when the storage fails.
      log.error({ err: error }, 'the groups could not be counted');
      return Number.NaN;
    }
  };
  metrics.gauge('groups', total('groups'));
  metrics.gauge('members', total('members'));
  metrics.gauge('queue_length', engine.waiting);
  if (to.unacknowledged !== undefined) metrics.gauge('unacknowledged', to.unacknowledged);
  const traffic = joinTraffic({ to, engine, metrics, log });
  const http = await startHttp(config.http.listen, {
    ready: traffic.isFlowing,
    registry: metrics.registry,
    avatars: avatarsOf(config, store),
    problem: (err) => log.error({ err }, 'a page could not be served'),
  });
  if (!http.ok) {
    log.fatal(http.error);
    await store.close();
    return 1;
  }
  log.info({ version: VERSION, http: http.value.port }, `serving groups on ${config.domain}`);
  const started = link.start();
  await aborted(ending);

  log.info('stopping');
  traffic.refuse();
  await engine.stop();
  await link.stop();
  await started;
  await http.value.close();
  await store.close();
  log.info('stopped');
  return 0;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
