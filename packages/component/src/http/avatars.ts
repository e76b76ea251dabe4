import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import {
  type AvatarImage,
  isAvatarId,
  isNamedByHash,
  mediaTypeOf,
  type Store,
} from '@xmpp-groups/core/xabber';
import type { Config } from '../config/load.js';
import { digest } from '../engine/environment.js';

/** The path of the avatars below the public address; the id of an avatar follows. */
export const AVATARS = '/avatars/';

/** What is answered for a path. */
export interface Page {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly content: string | Buffer;
}

/** How the page at a path is made, if it is that of an avatar. */
export type Avatars = (path: string, headers: IncomingHttpHeaders) => (() => Promise<Page>) | undefined;

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const NOT_FOUND: Page = { status: 404, headers: TEXT, content: 'there is no such avatar\n' };

/** The endings of the files as which browsers save images. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'image/avif': '.avif',
};

/**
 * Serves the avatars of all groups of the host by their ids, where the configuration gives them an address. Only an
 * image whose hash the id is: everybody may choose ids for his own group, and the page must not change under its
 * address.
 */
export function avatarsOf(
  { http: { publicUrl }, domain }: Pick<Config, 'domain' | 'http'>,
  store: Pick<Store, 'avatarById'>,
): Avatars | undefined {
  if (publicUrl === undefined) return undefined;
  // A proxy may cut off the path of the public address, or leave it.
  const prefixes = [AVATARS, `${new URL(publicUrl).pathname.replace(/\/$/, '')}${AVATARS}`];
  return (path, headers) => {
    const prefix = prefixes.find((candidate) => path.startsWith(candidate));
    if (prefix === undefined) return undefined;
    const id = path.slice(prefix.length);
    return async () => {
      const image = isAvatarId(id) ? await store.avatarById(domain, id, isSelfNamed) : undefined;
      if (image === undefined) return NOT_FOUND;
      const isKnown = headers['if-none-match']?.split(',').some((tag) => tag.trim() === etagOf(id));
      return isKnown ? { status: 304, headers: lasting(id), content: '' } : imagePage(image);
    };
  };
}

function isSelfNamed({ id, base64 }: AvatarImage): boolean {
  const digested = digest(base64);
  return digested !== undefined && isNamedByHash(id, digested);
}

const etagOf = (id: string): string => `"${id}"`;

const lasting = (id: string): OutgoingHttpHeaders => ({
  etag: etagOf(id),
  'cache-control': 'public, max-age=31536000, immutable',
  'access-control-allow-origin': '*',
});

/** The bytes come from users: what is not known to be an image is nothing that a browser would show or run. */
function imagePage({ id, base64 }: AvatarImage): Page {
  const type = mediaTypeOf(base64);
  const place = type === undefined ? 'attachment' : 'inline';
  return {
    status: 200,
    headers: {
      ...lasting(id),
      'content-type': type ?? 'application/octet-stream',
      'content-disposition': `${place}; filename="${id}${type === undefined ? '' : (ENDINGS[type] ?? '')}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
    content: Buffer.from(base64, 'base64'),
  };
}
