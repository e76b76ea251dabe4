import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../test/fake-component-server.js';
import { type Config, loadConfig } from './config/load.js';
import { serve } from './daemon.js';

let server: FakeServer;
let ending: AbortController;

beforeEach(async () => {
  server = await startFakeServer('the-secret');
  ending = new AbortController();
});
afterEach(async () => {
  ending.abort();
  await server.close();
});

function configWith(environment: Record<string, string> = {}): Config {
  const loaded = loadConfig(undefined, {
    XMPP_GROUPS_COMPONENT_PORT: String(server.port),
    XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
    XMPP_GROUPS_COMPONENT_SECRET: 'the-secret',
    XMPP_GROUPS_STORAGE_URL: 'memory:',
    XMPP_GROUPS_HTTP_LISTEN: '127.0.0.1:0',
    XMPP_GROUPS_FANOUT_WAY: 'splice',
    ...environment,
  });
  if (!loaded.ok) throw new Error(loaded.error.join('\n'));
  return loaded.value;
}

/** A log that can be waited for. */
function recordedLog() {
  const events = new EventEmitter<{ line: [] }>();
  const lines: string[] = [];
  return {
    lines,
    stream: {
      write: (line: string) => {
        lines.push(line);
        events.emit('line');
      },
    },
    says: async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const found = pattern.exec(lines.join(''));
        if (found !== null) return found;
        await once(events, 'line');
      }
    },
  };
}

const pingFrom = (id: string): string =>
  `<iq type='get' from='a@example.com/x' to='groups.example.com' id='${id}'><ping xmlns='urn:xmpp:ping'/></iq>`;

describe('serve', () => {
  it('answers stanzas, is ready while it does, and stops in order', async () => {
    const log = recordedLog();
    const accepted = server.accepts();
    const ended = serve(configWith(), ending.signal, log.stream);
    const peer = await accepted;
    const [, port] = await log.says(/"http":(\d+)/);
    await log.says(/copies go by splice/);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    peer.socket.write(pingFrom('p1'));
    await peer.receives(/<iq [^>]*id='p1' type='result'/);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('xmpp_groups_link_up 1');
    expect(metrics).toContain('xmpp_groups_stanzas_in_total{kind="iq"} 1');
    expect(metrics).toContain('xmpp_groups_groups 0');
    ending.abort();
    expect(await ended).toBe(0);
    await peer.receives(/<\/stream:stream>/);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  it('hands over everything before it ends, also to a server that was slow', async () => {
    const log = recordedLog();
    const accepted = server.accepts();
    const ended = serve(configWith(), ending.signal, log.stream);
    const peer = await accepted;
    const [, port] = await log.says(/"http":(\d+)/);
    await log.says(/copies go by splice/);
    peer.socket.write(
      "<iq type='set' from='a@example.com/x' to='groups.example.com' id='c1'>" +
        "<query xmlns='https://xabber.com/protocol/groups#create'><localpart>slow</localpart></query></iq>",
    );
    await peer.receives(/<iq [^>]*id='c1' type='result'/);
    peer.socket.pause();
    // More than the buffers of the system take: the rest waits in the daemon.
    const text = 'x'.repeat(900_000);
    for (let count = 0; count < 10; count += 1) {
      peer.socket.write(
        `<message type='chat' from='a@example.com/x' to='slow@groups.example.com' id='m${count}'><body>${text}</body></message>`,
      );
    }
    const scraped = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    // The parser of the component's stream takes seconds for so much text, on a busy machine many.
    await expect
      .poll(scraped, { timeout: 25_000 })
      .toContain('xmpp_groups_stanzas_in_total{kind="message"} 10');
    ending.abort();
    await log.says(/"stopping"/);
    peer.socket.resume();
    expect(await ended).toBe(0);
    await peer.receives(/<\/stream:stream>/);
    const ids = [...peer.received().matchAll(/<message xmlns='jabber:client'[^>]*id='(m\d)'/g)];
    expect(ids.map(([, id]) => id)).toEqual(Array.from({ length: 10 }, (_, count) => `m${count}`));
    expect(log.lines.join('')).not.toMatch(/"level":"(warn|error)"/);
  }, 60_000);

  it('is not ready while the server is away, and counts its return', async () => {
    const log = recordedLog();
    const accepted = server.accepts();
    const ended = serve(configWith(), ending.signal, log.stream);
    const peer = await accepted;
    const [, port] = await log.says(/"http":(\d+)/);
    await log.says(/copies go by splice/);
    const again = server.accepts();
    peer.socket.resetAndDestroy();
    await log.says(/"waitMs":\d+/);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
    await again;
    await log.says(/copies go by splice.*copies go by splice/s);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain(
      'xmpp_groups_reconnects_total 1',
    );
    ending.abort();
    expect(await ended).toBe(0);
  });

  it('goes on trying with a wrong secret, and says so without showing it', async () => {
    const log = recordedLog();
    const ended = serve(
      configWith({ XMPP_GROUPS_COMPONENT_SECRET: 'another-secret' }),
      ending.signal,
      log.stream,
    );
    await log.says(
      /"condition":"not-authorized".*refused the secret of groups\.example\.com.*refused the secret/s,
    );
    ending.abort();
    expect(await ended).toBe(0);
    expect(log.lines.join('')).not.toContain('another-secret');
  });

  it.each([
    {
      what: 'the port of the pages is in use',
      more: () => ({ XMPP_GROUPS_HTTP_LISTEN: `127.0.0.1:${server.port}` }),
      says: /http\.listen: 127\.0\.0\.1:\d+ is in use/,
    },
    {
      what: 'the storage cannot be opened',
      more: () => ({ XMPP_GROUPS_STORAGE_URL: 'sqlite:/dev/null/groups.db' }),
      says: /"level":"fatal".*storage\.url: /,
    },
  ])('ends with 1 when $what', async ({ more, says }) => {
    const log = recordedLog();
    expect(await serve(configWith(more()), ending.signal, log.stream)).toBe(1);
    expect(log.lines.join('')).toMatch(says);
  });
});
