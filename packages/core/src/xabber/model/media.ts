import { NS } from '../../xml/namespaces.js';

/** What a message can carry besides its text, as archives are searched for it (reference 12.1; XEP-0080 for places). */
export const MEDIA = ['image', 'audio', 'video', 'document', 'voice', 'sticker', 'geo', 'encrypted'] as const;

/** One of {@link MEDIA}. */
export type Medium = (typeof MEDIA)[number];

/** A namespace as it is declared, with or without a prefix. */
const declaring = (namespace: string): RegExp => new RegExp(` xmlns(?::[\\w.-]+)?='${namespace}'`);

const MARKS: Readonly<Partial<Record<Medium, RegExp>>> = {
  voice: declaring(NS.voiceMessages),
  sticker: declaring(NS.stickers),
  geo: declaring(NS.geoloc),
  encrypted:
    / xmlns(?::[\w.-]+)?='(?:urn:xmpp:omemo:|urn:xmpp:openpgp:|eu\.siacs\.conversations\.axolotl'|jabber:x:encrypted')/,
};

/** The first half of a media type: of a file (XEP-0446, reference 6.1), or of a link (XEP-0221). */
const TYPES = /<(?:[\w.-]+:)?(?:media-type(?:\s[^<>]*)?>\s*|uri\s(?:[^<>]*\s)?type=')(\w+)\//g;

/** A link out of band (XEP-0066), which has no media type: not every one leads to a file. */
const LINKS = /<x xmlns='jabber:x:oob'><url>([^<]*)<\/url>/g;

/** Without one of these, none of the two is there. */
const HINTS = ['media-type', 'uri ', NS.oob];

const ENDINGS: readonly (readonly [Medium, RegExp])[] = [
  ['image', /^(?:avif|bmp|gif|heic|heif|jfif|jpe?g|jxl|png|svg|tiff?|webp)$/i],
  ['audio', /^(?:aac|amr|flac|m4a|mp3|oga|ogg|opus|wav|weba|wma)$/i],
  ['video', /^(?:3gp|avi|m4v|mkv|mov|mp4|mpe?g|ogv|webm|wmv)$/i],
];

/** The text without its voice messages. By looking ahead once: a pattern would look ahead from each beginning. */
function withoutVoices(xml: string): string {
  const [before = '', ...rest] = xml.split('<voice-message ');
  return before + rest.map((part) => part.split('</voice-message>').at(-1)).join('');
}

const kindOf = (type: string): Medium =>
  type === 'image' || type === 'audio' || type === 'video' ? type : 'document';

const kindOfLink = (address: string): Medium | undefined => {
  const ending =
    address
      .replace(/[?#].*$/su, '')
      .split('.')
      .at(-1) ?? '';
  return ENDINGS.find(([, endings]) => endings.test(ending))?.[0];
};

/**
 * Whether an archived message carries one of `media` at least. It is told by the text of its elements, which no text
 * of a person can look like: thousands are looked through for one page, and to parse them would take seconds. The
 * sound of a voice message is no other audio besides, the picture of a sticker no other image.
 * @param xml the children of the message, as the archive keeps them
 */
export function carriesAny(xml: string, media: readonly Medium[]): boolean {
  if (media.some((medium) => MARKS[medium]?.test(xml))) return true;
  if (!HINTS.some((hint) => xml.includes(hint))) return false;
  const files = withoutVoices(xml);
  const isSticker = MARKS.sticker?.test(xml) === true;
  const found = [
    ...[...files.matchAll(TYPES)].map(([, type = '']) => kindOf(type)),
    ...[...files.matchAll(LINKS)].map(([, address = '']) => kindOfLink(address)),
  ];
  return found.some((kind) => kind !== undefined && media.includes(kind) && !(isSticker && kind === 'image'));
}
