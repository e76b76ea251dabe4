import { refusal } from '@xmpp-groups/core/stanza';
import type { Logger } from 'pino';
import type { Engine } from './engine/engine.js';
import { refusedUnread } from './link/refused.js';
import type { Metrics } from './metrics.js';
import type { ServerLink } from './server-link.js';

const companyLine = (runners: number): string =>
  runners === 1
    ? 'this daemon serves the groups alone now'
    : `${runners} daemons serve the groups together now, each some of them`;

const RESTARTING = refusal(
  'resource-constraint',
  'The group service is being restarted; try again in a minute',
);

/** What comes and goes between a link and an engine. */
export interface Traffic {
  /** Whether the engine gets stanzas, and can answer. */
  isFlowing(): boolean;
  /**
   * From here on each message and request is answered with an error that asks to try again, unless the other side
   * keeps what is not acknowledged.
   */
  refuse(): void;
}

/** Lets the events of the link reach the engine, the log and the metrics. Call it before the link starts. */
export function joinTraffic(parts: {
  readonly to: Pick<ServerLink, 'link' | 'server' | 'chooseWay'>;
  readonly engine: Pick<Engine, 'handle' | 'heard' | 'open' | 'close' | 'drained' | 'share'>;
  readonly metrics: Pick<Metrics, 'linkUp' | 'reconnects' | 'runners'>;
  readonly log: Logger;
}): Traffic {
  const { to, engine, metrics, log } = parts;
  const { link } = to;
  let isServed = false;
  let isOpen = true;
  let ups = 0;
  let company = 1;
  link.on('stanza', (stanza, handOver) => {
    if (isOpen) return engine.handle(stanza, handOver);
    // What nobody acknowledges is handed to the daemon that comes after this one.
    if (handOver !== undefined) return;
    const answer = refusedUnread(stanza, RESTARTING);
    if (answer !== undefined) link.write(answer);
  });
  link.on('event', (event, handOver) => {
    if (isOpen) engine.heard(event, handOver);
  });
  link.on('drain', engine.drained);
  link.on('company', (runners) => {
    metrics.runners.set(runners);
    if (runners !== company) log.info({ runners }, companyLine(runners));
    company = runners;
    engine.share(runners);
  });
  link.on('up', () => {
    metrics.linkUp.set(1);
    if (ups > 0) metrics.reconnects.inc();
    ups += 1;
    const thisUp = ups;
    log.info(`the server at ${to.server} accepts ${link.domain}`);
    to.chooseWay().then(
      ({ way, reason }) => {
        // The answers may have come from a connection that is gone.
        if (thisUp !== ups || !link.isUp()) return;
        log.info({ way: way.kind }, `copies go by ${way.kind}: ${reason}`);
        engine.open(way);
        isServed = true;
      },
      (error: unknown) => log.error({ err: error }, 'the way of the copies could not be chosen'),
    );
  });
  link.on('down', () => {
    metrics.linkUp.set(0);
    isServed = false;
    engine.close();
  });
  link.on('retry', ({ sentence, condition }, waitMs) => log.warn({ condition, waitMs }, sentence));
  return {
    isFlowing: () => isOpen && isServed,
    refuse: () => {
      isOpen = false;
    },
  };
}
