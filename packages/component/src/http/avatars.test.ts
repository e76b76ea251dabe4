import { createHash } from 'node:crypto';
import { openStore } from '@xmpp-groups/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { createMetrics } from '../metrics.js';
import { avatarsOf } from './avatars.js';
import { type HttpServer, startHttp } from './server.js';

const sha1 = (data: string | Uint8Array): string => createHash('sha1').update(data).digest('hex');

const bytesOf = (head: readonly number[], text: string) => Buffer.from([...head, ...Buffer.from(text)]);
const PNG = bytesOf([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'a rose');
const OTHER = bytesOf([0xff, 0xd8, 0xff], 'a cabbage');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
const DOMAIN = bare('groups.example.com');

let server: HttpServer | undefined;
const problems: unknown[] = [];

async function serving(publicUrl: string | undefined, broken = false): Promise<void> {
  const store = await openStore('memory:');
  for (const [name, id, image] of [
    ['first', sha1(PNG), OTHER],
    ['second', sha1(PNG), PNG],
    ['third', sha1(OTHER.toString('base64')), OTHER],
    ['fourth', sha1(SVG), SVG],
    ['fifth', 'chosen', PNG],
  ] as const) {
    const group = bare(`${name}@${DOMAIN}`);
    const properties = {
      name,
      description: '',
      privacy: 'public',
      membership: 'open',
      index: 'none',
      contacts: [],
      domains: [],
    } as const;
    const events = [
      { kind: 'groupCreated', properties, at: 1 },
      { kind: 'avatarStored', id, mediaType: 'image/png', base64: image.toString('base64'), at: 1 },
    ] as const;
    await store.commit([{ group, revision: 0, events }]);
  }
  if (broken) await store.close();
  const config = {
    domain: DOMAIN,
    http: { listen: { host: '', port: 0 }, publicUrl },
  };
  const started = await startHttp(
    { host: '127.0.0.1', port: 0 },
    {
      ready: () => true,
      registry: createMetrics().registry,
      problem: (error) => problems.push(error),
      avatars: avatarsOf(config, store),
    },
  );
  if (!started.ok) throw new Error(started.error);
  server = started.value;
}

beforeEach(() => {
  problems.length = 0;
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const ask = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${server?.port}${path}`, init);

describe('an avatar', () => {
  it('is served by its hash, for ever, as the image that it is', async () => {
    await serving('https://example.com');
    const response = await ask(`/avatars/${sha1(PNG)}`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'cache-control': 'public, max-age=31536000, immutable',
      etag: `"${sha1(PNG)}"`,
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'content-disposition': `inline; filename="${sha1(PNG)}.png"`,
    });
    // Another group has another image under this id, and was there before.
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
  });

  it('is found by the hash of its base64 text, too', async () => {
    await serving('https://example.com/');
    const response = await ask(`/avatars/${sha1(OTHER.toString('base64'))}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  });

  it('that may be a program is nothing that a browser shows', async () => {
    await serving('https://example.com');
    const response = await ask(`/avatars/${sha1(SVG)}`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${sha1(SVG)}"`,
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it.each([
    { what: 'HEAD', init: { method: 'HEAD' }, status: 200 },
    { what: 'POST', init: { method: 'POST' }, status: 405 },
    { what: 'its own tag', init: { headers: { 'if-none-match': `"x", "${sha1(PNG)}"` } }, status: 304 },
    { what: 'another tag', init: { headers: { 'if-none-match': '"x"' } }, status: 200 },
  ])('answers $what: $status', async ({ init, status }) => {
    await serving('https://example.com');
    const response = await ask(`/avatars/${sha1(PNG)}`, init);
    expect(response.status).toBe(status);
    if ('method' in init || status === 304) expect((await response.text()).includes('rose')).toBe(false);
  });

  it.each([
    ['an unknown id', `/avatars/${'0'.repeat(40)}`],
    ['an id that is no hash', '/avatars/chosen'],
    ['a path', '/avatars/a%2Fb'],
    ['no id', '/avatars/'],
  ])('is not found by %s', async (_, path) => {
    await serving('https://example.com');
    expect((await ask(path)).status).toBe(404);
  });

  it('is found below the path of the public address, whether a proxy cuts it off or not', async () => {
    await serving('https://example.com/groups/');
    for (const prefix of ['', '/groups']) {
      expect((await ask(`${prefix}/avatars/${sha1(PNG)}`)).status).toBe(200);
    }
    expect((await ask(`/other/avatars/${sha1(PNG)}`)).status).toBe(404);
  });

  it('has no address where none is configured', async () => {
    await serving(undefined);
    expect((await ask(`/avatars/${sha1(PNG)}`)).status).toBe(404);
  });

  it('that cannot be read is told to the log, not to who asked', async () => {
    await serving('https://example.com', true);
    const response = await ask(`/avatars/${sha1(PNG)}`);
    expect([response.status, await response.text()]).toEqual([
      500,
      'this page could not be made; the log says why\n',
    ]);
    expect(problems).toHaveLength(1);
  });
});
