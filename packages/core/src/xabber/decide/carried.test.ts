import { describe, expect, it } from 'vitest';
import { elementIn } from '../../testing/table.js';
import { NS } from '../../xml/namespaces.js';
import type { Restriction } from '../model/rights.js';
import { START } from '../testing/clockwork.js';
import { text } from '../testing/reading.js';
import {
  brief,
  grant,
  JULIET,
  join,
  messageXml,
  NURSE,
  ROMEO,
  reaching,
  refusalIn,
  verona,
} from '../testing/scenes.js';
import { mediaIn } from './carried.js';

const reference = (content: string): string =>
  `<reference xmlns='${NS.references}' type='mutable' begin='0' end='4'>${content}</reference>`;
const xabberFile = (type: string, name = 'file'): string =>
  `<file-sharing xmlns='${NS.files}'><file><media-type>${type}</media-type><name>${name}</name></file>` +
  `<sources><uri>https://example.com/${name}</uri></sources></file-sharing>`;
const voice = (content: string): string =>
  `<voice-message xmlns='${NS.voiceMessages}'>${content}</voice-message>`;
const forwarded = (content: string): string =>
  `<forwarded xmlns='${NS.forward}'><message xmlns='${NS.client}'>${content}</message></forwarded>`;
const sfs = (type: string, name = 'file'): string =>
  `<file-sharing xmlns='urn:xmpp:sfs:0' disposition='inline'><file xmlns='${NS.fileMetadata}'>` +
  `<media-type>${type}</media-type><name>${name}</name></file></file-sharing>`;
const oob = (url: string): string => `<x xmlns='${NS.oob}'><url>${url}</url></x>`;
const STICKER = `<sticker xmlns='${NS.stickers}' pack='p'/>`;

const IMAGES = 'send-images';
const AUDIO = 'send-audio';
const VOICE = 'send-voice';
const STICKERS = 'send-stickers';

const cases: readonly [title: string, payload: string, carried: readonly Restriction[]][] = [
  ['nothing', '', []],
  ['a mention', reference(`<mention xmlns='${NS.markup}'>xmpp:a@b</mention>`), []],
  ['an image of xabber-web', reference(xabberFile('image/png')), [IMAGES]],
  ['a text file', reference(xabberFile('text/plain')), []],
  ['an image in capitals', reference(xabberFile(' Image/PNG')), [IMAGES]],
  ['an image by its name alone', reference(xabberFile('application/octet-stream', 'cat.JPEG')), [IMAGES]],
  ['music', reference(xabberFile('audio/mpeg')), [AUDIO]],
  [
    'music and an image',
    reference(xabberFile('audio/mpeg')) + reference(xabberFile('image/gif')),
    [IMAGES, AUDIO],
  ],
  ['a voice message', reference(voice(xabberFile('audio/ogg'))), [VOICE]],
  [
    'a voice message and music',
    reference(voice(xabberFile('audio/ogg'))) + reference(xabberFile('audio/mpeg')),
    [AUDIO, VOICE],
  ],
  ['an image that pretends to be spoken', reference(voice(xabberFile('image/png'))), [IMAGES, VOICE]],
  ['a voice message without a file', reference(voice('')), [VOICE]],
  ['a forwarded image', reference(forwarded(reference(xabberFile('image/png')))), [IMAGES]],
  ['an image forwarded twice', forwarded(forwarded(sfs('image/png'))), [IMAGES]],
  ['an image of XEP-0447', sfs('image/webp'), [IMAGES]],
  ['a voice of XEP-0447 is an audio file', sfs('audio/ogg'), [AUDIO]],
  ['a film', sfs('video/mp4'), []],
  ['a sticker', sfs('image/webp') + STICKER, [STICKERS]],
  ['a sticker with an image besides', sfs('image/webp') + sfs('image/png') + STICKER, [IMAGES, STICKERS]],
  ['stickers as an excuse', sfs('image/webp') + sfs('image/png') + STICKER + STICKER, [IMAGES, STICKERS]],
  ['a sticker without a file', STICKER, [STICKERS]],
  [
    'an image of XEP-0385',
    `<reference xmlns='urn:xmpp:reference:0' type='data'><media-sharing xmlns='urn:xmpp:sims:1'>` +
      `<file xmlns='${NS.jingleFile}'><media-type>image/jpeg</media-type></file></media-sharing></reference>`,
    [IMAGES],
  ],
  [
    'an attachment of the first Xabber clients',
    `<x xmlns='${NS.dataForms}' type='form'><field var='media'><media xmlns='${NS.mediaElement}'>` +
      `<uri type='image/jpeg'>https://example.com/1</uri></media></field></x>`,
    [IMAGES],
  ],
  ['a link to an image', oob('https://example.com/cat.png'), [IMAGES]],
  ['an encrypted image', oob('aesgcm://example.com/cat.png#0123'), [IMAGES]],
  ['a link to an image with a query', oob('https://example.com/cat.png?download=1'), [IMAGES]],
  ['a link to a song', oob('https://example.com/song.mp3'), [AUDIO]],
  ['a link to a page', oob('https://example.com/?about=cat.png'), []],
  [
    'what cannot be read',
    `<file xmlns='${NS.files}'><name>a</name><name>b.png</name></file>`,
    [IMAGES, AUDIO, VOICE, STICKERS],
  ],
];

describe('what a message carries', () => {
  it.each(cases)('%s', (_, payload, carried) => {
    const element = elementIn(`<message xmlns='${NS.client}'>${payload}</message>`);
    const children = element.children.filter((node) => typeof node !== 'string');
    expect([...mediaIn(children)]).toEqual(carried);
  });
});

const NOW = Math.floor(START / 1000);

describe('restrictions of what is sent', () => {
  it.each([
    [IMAGES, reference(xabberFile('image/png')), 'images'],
    [AUDIO, reference(xabberFile('audio/mpeg')), 'audio files'],
    [VOICE, reference(voice(xabberFile('audio/ogg'))), 'voice messages'],
    [STICKERS, sfs('image/webp') + STICKER, 'stickers'],
  ] as const)('%s', (restriction, payload, called) => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    grant(driver, ROMEO, [restriction], NOW + 60);
    const sent = driver.send(messageXml(ROMEO, 'look', payload));
    expect(sent.map(brief).sort()).toEqual([`message chat > ${ROMEO}`, `message error > ${ROMEO}`]);
    const sentence = `You have no permission to send ${called} in this chat`;
    const [error] = reaching(sent, ROMEO).filter(({ attrs }) => attrs.type === 'error');
    const [told] = reaching(sent, ROMEO).filter(({ attrs }) => attrs.type === 'chat');
    expect(error && refusalIn(error)).toBe(`405 not-allowed: ${sentence} (${restriction})`);
    expect(told && text(told, 'body')).toBe(sentence);
    // Others may, he may send other things, and all of it when the time is over.
    expect(driver.send(messageXml(NURSE, 'look', payload))).toHaveLength(3);
    expect(driver.send(messageXml(ROMEO, 'just words'))).toHaveLength(3);
    driver.env.now = (NOW + 60) * 1000;
    expect(driver.send(messageXml(ROMEO, 'look', payload))).toHaveLength(3);
  });

  it('of what is read: neither copies nor archive, but what the group says', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    grant(driver, ROMEO, ['read-messages'], NOW + 60);
    expect(reaching(driver.send(messageXml(NURSE, 'a secret')), ROMEO)).toEqual([]);
    const query = `<iq from='${ROMEO}' to='${driver.jid}' id='1' type='set'><query xmlns='${NS.mam}'/></iq>`;
    expect(driver.send(query).map(brief)).toEqual([`iq error > ${ROMEO}`]);
    // He gets the echo of his own.
    expect(reaching(driver.send(messageXml(ROMEO, 'hello')), ROMEO)).toHaveLength(1);
    expect(reaching(driver.send(messageXml(ROMEO, 'hello')), JULIET)).toHaveLength(1);
    driver.env.now = (NOW + 60) * 1000;
    expect(reaching(driver.send(messageXml(NURSE, 'no secret')), ROMEO)).toHaveLength(1);
    expect(driver.send(query).map(brief)).toContain(`iq result > ${ROMEO}`);
  });
});
