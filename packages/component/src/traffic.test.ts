import { once } from 'node:events';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../test/fake-component-server.js';
import { loadConfig } from './config/load.js';
import { chooseWay } from './engine/choose-way.js';
import { createComponentLink } from './link/component-link.js';
import type { Link, ServerEvent } from './link/link.js';
import { createMetrics } from './metrics.js';
import { joinTraffic } from './traffic.js';

let server: FakeServer;
let link: Link;

beforeEach(async () => {
  server = await startFakeServer('the-secret');
});
afterEach(async () => {
  await link.stop();
  await server.close();
});

/** Traffic with an engine that only remembers what it was told. */
async function joined() {
  const loaded = loadConfig(undefined, {
    XMPP_GROUPS_COMPONENT_PORT: String(server.port),
    XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
    XMPP_GROUPS_COMPONENT_SECRET: 'the-secret',
    XMPP_GROUPS_FANOUT_WAY: 'splice',
  });
  if (!loaded.ok) throw new Error(loaded.error.join());
  const config = loaded.value;
  const log = pino({}, { write: (line: string) => logged.push(JSON.parse(line).msg) });
  if (config.server.kind !== 'component') throw new Error(config.server.kind);
  const { server: where, domain } = config;
  link = createComponentLink({ ...where, domain, retryFirst: true, log, random: () => 0.01 });
  const to = { link, server: 'here', chooseWay: () => chooseWay(link, config.fanout) };
  const told: string[] = [];
  const logged: string[] = [];
  const metrics = createMetrics();
  const opened = new Promise<void>((resolve) => {
    const engine = {
      handle: (stanza: XmlElement) => told.push(`stanza ${stanza.attrs.id}`),
      open: ({ kind }: { kind: string }) => {
        told.push(`open ${kind}`);
        resolve();
      },
      heard: ({ name }: ServerEvent) => told.push(`event ${name}`),
      close: () => told.push('close'),
      drained: () => told.push('drained'),
      share: (runners: number) => told.push(`share ${runners}`),
    };
    traffic = joinTraffic({ to, engine, metrics, log });
  });
  const [peer] = await Promise.all([server.accepts(), link.start(), opened]);
  return { peer, told, logged, metrics };
}
let traffic: ReturnType<typeof joinTraffic>;

const stanza = (name: string, id: string, type: string): string =>
  `<${name} type='${type}' from='a@example.com/x' to='room@groups.example.com' id='${id}'/>`;

describe('joinTraffic', () => {
  it('tells the engine of the way, of stanzas and of the end, in order', async () => {
    const { peer, told } = await joined();
    expect(traffic.isFlowing()).toBe(true);
    const came = once(link, 'stanza');
    peer.socket.write(stanza('message', 'm1', 'chat'));
    await came;
    const down = once(link, 'down');
    peer.socket.resetAndDestroy();
    await down;
    expect(traffic.isFlowing()).toBe(false);
    expect(told).toEqual(['open splice', 'stanza m1', 'close']);
  });

  it('says once how many daemons serve the groups, when that changes', async () => {
    const { told, logged, metrics } = await joined();
    logged.length = 0;
    for (const runners of [1, 2, 2, 1]) link.emit('company', runners);
    expect(told.slice(1)).toEqual(['share 1', 'share 2', 'share 2', 'share 1']);
    expect(logged).toEqual([
      '2 daemons serve the groups together now, each some of them',
      'this daemon serves the groups alone now',
    ]);
    link.emit('company', 3);
    expect(await metrics.registry.getSingleMetricAsString('xmpp_groups_runners')).toMatch(/runners 3$/m);
  });

  it('answers messages and requests with an error once it refuses, and nothing else', async () => {
    const { peer, told } = await joined();
    traffic.refuse();
    expect(traffic.isFlowing()).toBe(false);
    peer.socket.write(
      stanza('presence', 'p1', 'subscribe') +
        stanza('iq', 'r1', 'result') +
        stanza('message', 'm1', 'error') +
        stanza('message', 'm2', 'chat') +
        stanza('iq', 'q1', 'get'),
    );
    await peer.receives(/id='q1'[^>]*type='error'.*<\/iq>/);
    const answers = [...peer.received().matchAll(/<(\w+) [^>]*id='(\w+)'[^>]*>.*?<(resource-constraint) /g)];
    expect(answers.map(([, name, id]) => `${name} ${id}`)).toEqual(['message m2', 'iq q1']);
    expect(told).toEqual(['open splice']);
  });
});
