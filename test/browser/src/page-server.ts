import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** What a browser is to find under the root of the server. */
export interface Site {
  /** HTML of the start page. */
  readonly page: string;
  /** Folders by the path under which they are served; both without a `/` at the end. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Modules of JavaScript by the path under which they are served. */
  readonly scripts?: Readonly<Record<string, string>>;
}

export interface PageServer {
  /** Of the start page. */
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** The file for a path of a request, if the site has a folder for it. */
function fileOf({ folders = {} }: Site, path: string): string | undefined {
  // Names that would lead out of the folder lead to its root instead.
  const clean = normalize(`/${path}`);
  const found = Object.entries(folders).find(([prefix]) => clean.startsWith(`${prefix}/`));
  return found && join(found[1], clean.slice(found[0].length));
}

/** Serves a web client over HTTP on 127.0.0.1, at a port that the system chooses. */
export async function servePages(site: Site): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const send = (status: number, type: string, content: string | Buffer) => {
      response.writeHead(status, { 'content-type': type }).end(content);
    };
    if (pathname === '/') {
      send(200, TYPES['.html'] ?? '', site.page);
      return;
    }
    const script = site.scripts?.[pathname];
    if (script !== undefined) {
      send(200, TYPES['.js'] ?? '', script);
      return;
    }
    const file = fileOf(site, decodeURIComponent(pathname));
    const reading = file === undefined ? Promise.reject(new Error('no such folder')) : readFile(file);
    reading.then(
      (content) => send(200, TYPES[extname(pathname)] ?? 'application/octet-stream', content),
      (error: unknown) => send(404, 'text/plain', error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${portOf(address)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
