import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { carriesAny, MEDIA } from './media.js';

const shared = (type: string): string =>
  `<reference xmlns='${NS.references}' type='mutable' begin='0' end='3'><file-sharing xmlns='${NS.files}'>` +
  `<file><media-type>${type}</media-type><name>x</name></file></file-sharing></reference>`;
const spoken = `<reference xmlns='${NS.references}'><voice-message xmlns='${NS.voiceMessages}'>${shared('audio/ogg')}</voice-message></reference>`;
const link = (url: string): string => `<x xmlns='${NS.oob}'><url>${url}</url></x>`;
const sticker = `<sticker xmlns='${NS.stickers}' pack='p'/>`;

/** All that a message is said to carry, each asked for alone. */
const carried = (xml: string): string =>
  MEDIA.filter((medium) => carriesAny(`<body>Hi</body>${xml}<origin-id/>`, [medium])).join(' ');

describe('what a message carries', () => {
  it.each([
    ['nothing', '', ''],
    ['an image', shared('image/png'), 'image'],
    ['a sound', shared('audio/ogg'), 'audio'],
    ['a film', shared('video/mp4'), 'video'],
    ['another file', shared('application/pdf'), 'document'],
    ['a text file', shared('text/plain'), 'document'],
    ['several files', shared('image/png') + shared('application/zip'), 'image document'],
    ['a voice message', spoken, 'voice'],
    ['a voice message and a sound', spoken + shared('audio/ogg'), 'audio voice'],
    ['a sticker with a prefix', `<s:sticker xmlns:s='${NS.stickers}'/>`, 'sticker'],
    ['a sticker', sticker + shared('image/png'), 'sticker'],
    ['a place', `<geoloc xmlns='${NS.geoloc}'><lat>45</lat></geoloc>`, 'geo'],
    ['what only some can read', "<encrypted xmlns='eu.siacs.conversations.axolotl'/>", 'encrypted'],
    ['the same in newer words', "<encrypted xmlns='urn:xmpp:omemo:2'/>", 'encrypted'],
    [
      'a file of XEP-0446',
      `<file xmlns='${NS.fileMetadata}'><media-type>image/webp</media-type></file>`,
      'image',
    ],
    [
      'a file with a prefix',
      "<m:file xmlns:m='urn:x'><m:media-type a='b'>\n video/webm</m:media-type></m:file>",
      'video',
    ],
    [
      'a link of XEP-0221',
      `<media xmlns='${NS.mediaElement}'><uri size='1' type='image/jpeg'>https://a.example/b</uri></media>`,
      'image',
    ],
    ['a link to an image', link('https://a.example/b.c/D.PNG'), 'image'],
    ['a link to a film, with a question', link('https://a.example/d.webm?e=f.png'), 'video'],
    ['a link to a page', link('https://a.example/page.html'), ''],
    ['a link to a server', link('https://a.example'), ''],
    [
      'words that look like it',
      '<body>&lt;media-type>image/png xmlns=&apos;urn:xmpp:stickers:0&apos;</body>',
      '',
    ],
  ])('%s', (_, xml, kinds) => {
    expect(carried(xml)).toBe(kinds);
  });

  it('is enough when it is one of those that are asked for', () => {
    expect(carriesAny(shared('image/png'), ['voice', 'image'])).toBe(true);
    expect(carriesAny(shared('image/png'), ['voice', 'video'])).toBe(false);
    expect(carriesAny(shared('image/png'), [])).toBe(false);
  });

  it('is told quickly, whatever somebody wrote', () => {
    const nasty = [
      '<url'.repeat(50_000),
      `<x xmlns='${NS.oob}'>`.repeat(5_000),
      '<voice-message '.repeat(20_000),
      `<uri ${"a='b' ".repeat(30_000)}`,
      '<uri a '.repeat(30_000),
      '<media-type '.repeat(10_000),
      `<media-type ${' '.repeat(100_000)}`,
    ];
    for (const xml of nasty) expect(carriesAny(xml, MEDIA)).toBe(false);
  });
});
