import { everywhere } from '../../codec/index.js';
import { outOfBand } from '../../xep/0066-out-of-band-data.js';
import { mediaUri } from '../../xep/0221-media-element.js';
import { sharedMedia } from '../../xep/0385-media-sharing.js';
import { fileMetadata } from '../../xep/0446-file-metadata.js';
import { sticker } from '../../xep/0449-stickers.js';
import type { XmlElement } from '../../xml/element.js';
import { sharedFile, voiceMessage } from '../elements/file-sharing.js';
import { type Restriction, type Rights, restricts } from '../model/rights.js';

/** The restrictions of what a message may carry. */
const MEDIA = ['send-images', 'send-audio', 'send-voice', 'send-stickers'] as const satisfies Restriction[];

export type MediaRestriction = (typeof MEDIA)[number];

/** How each is called when it is refused. */
export const MEDIA_NAMES: Readonly<Record<MediaRestriction, string>> = {
  'send-images': 'images',
  'send-audio': 'audio files',
  'send-voice': 'voice messages',
  'send-stickers': 'stickers',
};

/**
 * What in a message of somebody with these rights he may not send; `undefined`: nothing. Forwarded messages and
 * whatever else is inside count as carried. `now` in milliseconds.
 */
export function forbiddenMedia(
  payload: readonly XmlElement[],
  rights: Rights,
  now: number,
): MediaRestriction | undefined {
  const inForce = rights.size === 0 ? [] : MEDIA.filter((restriction) => restricts(rights, restriction, now));
  if (inForce.length === 0) return undefined;
  const carried = mediaIn(payload);
  return inForce.find((restriction) => carried.has(restriction));
}

interface Told {
  readonly mediaType?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * What kinds of media elements of a message tell of. A file is what its media type or, failing that or against
 * that, its name says. The one file of a sticker is no image besides, and sound inside a voice message is no other
 * audio file: both have a restriction of their own. What cannot be read may be anything.
 */
export function mediaIn(payload: readonly XmlElement[]): ReadonlySet<MediaRestriction> {
  const files: Told[] = [];
  let unreadable = false;
  const look = <T>(read: ReturnType<typeof everywhere<T>>, toldIn: (value: T) => readonly Told[]): void => {
    for (const one of read) {
      if (one.ok) files.push(...toldIn(one.value));
      else unreadable = true;
    }
  };
  for (const declared of [sharedFile, fileMetadata, sharedMedia]) {
    look(everywhere(declared, payload), (file) => [file]);
  }
  look(everywhere(mediaUri, payload), ({ type, uri }) => [{ mediaType: type, name: uri }]);
  look(everywhere(outOfBand, payload), ({ url }) => [{ name: url }]);
  const voices = everywhere(voiceMessage, payload);
  if (unreadable || voices.some(({ ok }) => !ok)) return new Set(MEDIA);

  const spoken = voices.flatMap((read) => (read.ok ? read.value.files : [])).map(({ file }) => file ?? {});
  const stickers = everywhere(sticker, payload).length;
  const images = files.filter((file) => isOf(file, 'image')).length - (stickers === 1 ? 1 : 0);
  const sounds = [files, spoken].map((some) => some.filter((file) => isOf(file, 'audio')).length);
  const found = new Set<MediaRestriction>();
  if (images > 0) found.add('send-images');
  if ((sounds[0] ?? 0) > (sounds[1] ?? 0)) found.add('send-audio');
  if (voices.length > 0) found.add('send-voice');
  if (stickers > 0) found.add('send-stickers');
  return found;
}

const EXTENSIONS = {
  image: /\.(?:avif|bmp|gif|heic|heif|jfif|jpe?g|jxl|png|svg|tiff?|webp)$/i,
  audio: /\.(?:aac|amr|flac|m4a|mp3|oga|ogg|opus|wav|weba|wma)$/i,
} as const;

/** Names may be addresses: what stands behind the path is no part of the name. */
const isOf = ({ mediaType, name }: Told, kind: 'image' | 'audio'): boolean =>
  mediaType?.trim().toLowerCase().startsWith(`${kind}/`) === true ||
  (name !== undefined && EXTENSIONS[kind].test(name.trim().replace(/[?#].*$/su, '')));
