import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { request } from '../../../test/extauth-requests.js';
import { askingEndpoint } from './http.js';

const signal = new AbortController().signal;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An endpoint that answers as `answer` does. */
async function endpoint(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/accounts`;
}

describe('askingEndpoint', () => {
  it('posts the question as JSON', async () => {
    let got: object | undefined;
    const url = await endpoint(async (asked, response) => {
      const { method, url: path, headers } = asked;
      got = { method, path, type: headers['content-type'], question: JSON.parse(await text(asked)) };
      response.end('whatever');
    });
    expect(await askingEndpoint(url)(request('auth:Ромео:h:a:b 🔑'), signal)).toBe(true);
    const question = { operation: 'auth', user: 'ромео', host: 'h', password: 'a:b 🔑' };
    expect(got).toEqual({ method: 'POST', path: '/accounts', type: 'application/json', question });
  });

  it.each([
    [200, true],
    [201, true],
    [204, true],
    [401, false],
    [403, false],
    [404, false],
    [409, false],
  ])('takes status %i for %s', async (status, answer) => {
    const url = await endpoint((_, response) => void response.writeHead(status).end());
    expect(await askingEndpoint(url)(request('isuser:r:h'), signal)).toBe(answer);
  });

  it.each([302, 400, 429, 500, 503])('takes status %i for a fault', async (status) => {
    const url = await endpoint(
      (_, response) => void response.writeHead(status, { location: '/elsewhere' }).end(),
    );
    await expect(askingEndpoint(url)(request('auth:r:h:hidden'), signal)).rejects.toThrow(
      `extauth.url: ${url} answered with status ${status}`,
    );
  });

  it('does not wait for the end of an answer', async () => {
    const url = await endpoint((_, response) => {
      response.write('a long story');
    });
    expect(await askingEndpoint(url)(request('isuser:r:h'), signal)).toBe(true);
  });

  it('is a fault when nobody is there, or somebody hangs up', async () => {
    await expect(askingEndpoint('http://127.0.0.1:1')(request('isuser:r:h'), signal)).rejects.toThrow(
      /^extauth\.url: http:\/\/127\.0\.0\.1:1 cannot be asked \(/,
    );
    const url = await endpoint((asked) => void asked.socket.destroy());
    await expect(askingEndpoint(url)(request('isuser:r:h'), signal)).rejects.toThrow(/cannot be asked \(/);
  });

  it('hangs up when the time is over', async () => {
    const ending = new AbortController();
    let gone: Promise<unknown> = Promise.resolve();
    const url = await endpoint(({ socket }) => {
      gone = once(socket, 'close');
      ending.abort(new Error('too late'));
    });
    await expect(askingEndpoint(url)(request('isuser:r:h'), ending.signal)).rejects.toThrow('too late');
    await gone;
  });
});
