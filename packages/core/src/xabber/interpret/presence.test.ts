import { describe, expect, it } from 'vitest';
import { full } from '../../testing/jids.js';
import { presenceIn } from '../../testing/stanzas.js';
import { interpretPresence } from './presence.js';

const from = full('romeo@example.com/orchard');
const GROUPS = 'https://xabber.com/protocol/groups';

const command = (type: string, payload = '') =>
  interpretPresence(
    presenceIn(`<presence from='${from}' to='verona@groups.example.com'${type}>${payload}</presence>`),
  );

describe('a presence', () => {
  it.each([
    ['', { kind: 'appeared', from }],
    [" type='probe'", { kind: 'probed', from }],
    [" type='subscribe'", { kind: 'subscribe', from, isGroup: false }],
    [" type='subscribed'", { kind: 'approved', from }],
    [" type='unsubscribe'", { kind: 'left', from }],
    [" type='unsubscribed'", { kind: 'left', from }],
    [" type='unavailable'", { kind: 'disappeared', from }],
    [" type='error'", undefined],
  ])('<presence%s/> is %j', (type, expected) => {
    expect(command(type)).toEqual(expected);
  });

  it.each([
    ['opened', `<x xmlns='${GROUPS}#present'/>`],
    ['closed', `<x xmlns='${GROUPS}#not-present'/>`],
    ['opened', `<x xmlns='${GROUPS}#present'/><collect xmlns='${GROUPS}'>false</collect>`],
  ])('says that the chat is %s: %s', (kind, payload) => {
    expect(command('', payload)).toEqual({ kind, from });
  });

  it.each([
    [`<collect xmlns='${GROUPS}'>false</collect>`, { collects: false }],
    [`<collect xmlns='${GROUPS}'>yes</collect>`, { collects: true }],
    [`<peer-to-peer xmlns='${GROUPS}'>false</peer-to-peer>`, { acceptsPrivateChats: false }],
    [`<x xmlns='${GROUPS}'><peer-to-peer>true</peer-to-peer></x>`, { acceptsPrivateChats: true }],
    [
      `<x xmlns='${GROUPS}'><collect>no</collect><peer-to-peer>false</peer-to-peer></x>`,
      { collects: false, acceptsPrivateChats: false },
    ],
    [`<collect xmlns='${GROUPS}'>perhaps</collect>`, undefined],
    [`<collect xmlns='urn:example'>false</collect>`, undefined],
  ])('%s decides %j', (payload, choices) => {
    expect(command('', payload)).toEqual({ kind: 'appeared', from, choices });
    expect(command(" type='subscribe'", payload)).toEqual({
      kind: 'subscribe',
      from,
      isGroup: false,
      choices,
    });
  });

  it.each([
    [
      'a client',
      "<priority>0</priority><x xmlns='vcard-temp:x:update'/><c xmlns='http://jabber.org/protocol/caps'/>",
      false,
    ],
    ['a client that writes the mark', `<x xmlns='${GROUPS}'/>`, false],
    ['a client that has the chat open', `<x xmlns='${GROUPS}#present'><name/></x>`, false],
    ['a group', `<x xmlns='${GROUPS}'><members>3</members><name>Mantua</name></x>`, true],
    ['a group that writes prefixes', `<g:x xmlns:g='${GROUPS}'><g:name>Mantua</g:name></g:x>`, true],
  ])('to join comes from %s', (_, payload, isGroup) => {
    expect(command(" type='subscribe'", payload)).toEqual({ kind: 'subscribe', from, isGroup });
  });
});
