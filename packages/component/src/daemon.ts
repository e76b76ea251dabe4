import { refusal } from '@xmpp-groups/core/stanza';
import type { Store } from '@xmpp-groups/core/xabber';
import { openStore } from '@xmpp-groups/storage';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from './config/load.js';
import { chooseWay } from './engine/choose-way.js';
import { createEngine, type Engine } from './engine/engine.js';
import { hostOf } from './host.js';
import { startHttp } from './http.js';
import { createComponentLink } from './link/component-link.js';
import type { Link } from './link/link.js';
import { hostAndPort } from './link/problems.js';
import { refusedUnread } from './link/refused.js';
import { createLog } from './log.js';
import { createMetrics, type Metrics } from './metrics.js';
import { VERSION } from './version.js';

const RESTARTING = refusal(
  'resource-constraint',
  'The group service is being restarted; try again in a minute',
);

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
    store = await openStore(config.storage.url);
  } catch (error) {
    log.fatal(`storage.url: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  const metrics = createMetrics();
  let isReady = false;
  const http = await startHttp(config.http.listen, { ready: () => isReady, registry: metrics.registry });
  if (!http.ok) {
    log.fatal(http.error);
    await store.close();
    return 1;
  }
  log.info({ version: VERSION, http: http.value.port }, `serving groups on ${config.component.domain}`);

  const link = createComponentLink({ ...config.component, retryFirst: true, log });
  const engine = createEngine({ host: hostOf(config), store, link, metrics, log });
  metrics.gauge('groups', async () => (await store.totals()).groups);
  metrics.gauge('members', async () => (await store.totals()).members);
  metrics.gauge('queue_length', engine.waiting);
  const gate = join(link, engine, config, metrics, log, (ready) => {
    isReady = ready;
  });
  const started = link.start();
  await aborted(ending);

  log.info('stopping');
  isReady = false;
  gate.close();
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

/** Lets the events of the link reach the engine, the log and the metrics, until the gate is closed. */
function join(
  link: Link,
  engine: Engine,
  config: Config,
  metrics: Metrics,
  log: Logger,
  setReady: (ready: boolean) => void,
): { close(): void } {
  let isOpen = true;
  let ups = 0;
  link.on('stanza', (stanza) => {
    if (isOpen) return engine.handle(stanza);
    const answer = refusedUnread(stanza, RESTARTING);
    if (answer !== undefined) link.write(answer);
  });
  link.on('drain', engine.drained);
  link.on('up', () => {
    metrics.linkUp.set(1);
    if (ups > 0) metrics.reconnects.inc();
    ups += 1;
    const thisUp = ups;
    log.info(`the server at ${hostAndPort(config.component)} accepts ${link.domain}`);
    chooseWay(link, config.fanout).then(
      ({ way, reason }) => {
        // The answers may have come from a connection that is gone.
        if (thisUp !== ups || !link.isUp()) return;
        log.info({ way: way.kind }, `copies go by ${way.kind}: ${reason}`);
        engine.open(way);
        setReady(isOpen);
      },
      (error: unknown) => log.error({ err: error }, 'the way of the copies could not be chosen'),
    );
  });
  link.on('down', () => {
    metrics.linkUp.set(0);
    setReady(false);
    engine.close();
  });
  link.on('retry', ({ sentence, condition }, waitMs) => log.warn({ condition, waitMs }, sentence));
  return {
    close: () => {
      isOpen = false;
    },
  };
}
