import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../metrics.js';
import { type HttpServer, startHttp } from './server.js';

const metrics = createMetrics();
const problems: unknown[] = [];
const problem = (error: unknown): void => void problems.push(error);
let ready = false;
let server: HttpServer;

async function listening(port = 0): Promise<HttpServer> {
  const started = await startHttp(
    { host: '127.0.0.1', port },
    { ready: () => ready, registry: metrics.registry, problem },
  );
  if (!started.ok) throw new Error(started.error);
  return started.value;
}

beforeEach(async () => {
  ready = false;
  server = await listening();
});
afterEach(() => server.close());

const ask = (path: string, method = 'GET'): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { method });

describe('startHttp', () => {
  it.each([
    { path: '/healthz', ready: false, status: 200 },
    { path: '/readyz', ready: false, status: 503 },
    { path: '/readyz', ready: true, status: 200 },
    { path: '/readyz?full', ready: true, status: 200 },
    { path: '/metrics', ready: false, status: 200 },
    { path: '/', ready: true, status: 404 },
    { path: '/healthz/', ready: true, status: 404 },
    { path: '/healthz', method: 'HEAD', ready: true, status: 200 },
    { path: '/metrics', method: 'POST', ready: true, status: 405 },
  ])('answers $method $path, ready $ready: $status', async ({ path, method, ready: isReady, status }) => {
    ready = isReady;
    expect((await ask(path, method)).status).toBe(status);
  });

  it('serves the metrics as Prometheus reads them', async () => {
    metrics.linkUp.set(1);
    const response = await ask('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain('xmpp_groups_link_up 1');
  });

  it.each([
    {
      what: 'the port is in use',
      host: '127.0.0.1',
      says: /^http\.listen: 127\.0\.0\.1:\d+ is in use; stop/,
    },
    {
      what: 'the address is not here',
      host: '192.0.2.1',
      says: /^http\.listen: 192\.0\.2\.1 is no address of this machine; give/,
    },
  ])('says in one sentence that $what', async ({ host, says }) => {
    const second = await startHttp(
      { host, port: server.port },
      { ready: () => true, registry: metrics.registry, problem },
    );
    expect(second).toEqual({ ok: false, error: expect.stringMatching(says) });
  });
});
