import type { Digested } from '../environment.js';

/** How many bytes an image may have: 512 KiB (reference 15, row 31). */
export const LARGEST_IMAGE = 524_288;

/**
 * Whether a text may be the id of an avatar: it is a hash in some notation. Nothing else fits, least of all a JID:
 * the id is seen by all members, and it is the name of a file.
 */
export const isAvatarId = (id: string): boolean => /^[\w-]{1,128}$/.test(id);

/**
 * Whether an image has a right to its id. Clients choose ids, and some take the hash of the base64 text (reference
 * 8.6); an id that is neither hash is good enough until somebody comes whose image it is the hash of.
 */
export const isNamedByHash = (id: string, { sha1, textSha1 }: Digested): boolean =>
  id.toLowerCase() === sha1 || id.toLowerCase() === textSha1;

/** The first bytes of images, as base64 shows them. Three bytes are four letters, wherever they stand. */
const SIGNATURES: readonly (readonly [pattern: RegExp, mediaType: string])[] = [
  [/^iVBORw0KGg/, 'image/png'],
  [/^\/9j\//, 'image/jpeg'],
  [/^R0lGOD[dl]/, 'image/gif'],
  // `RIFF`, the length in four bytes, `WEBP`.
  [/^UklGR.{6}XRUJQ/, 'image/webp'],
  // The length in four bytes, `ftypavif`.
  [/^.{8}eXBhdmlm/, 'image/avif'],
];

/** What kind of image this is, by its first bytes; `undefined` when it is none that browsers show safely. */
export const mediaTypeOf = (base64: string): string | undefined =>
  SIGNATURES.find(([pattern]) => pattern.test(base64))?.[1];

/** For bytes of which nothing is known. */
export const UNKNOWN_TYPE = 'application/octet-stream';
