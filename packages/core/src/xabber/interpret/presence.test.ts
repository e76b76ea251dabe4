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
    [" type='unavailable'", undefined],
    [" type='error'", undefined],
  ])('<presence%s/> is %j', (type, expected) => {
    expect(command(type)).toEqual(expected);
  });

  it('of a client that says that its user has the chat open is as any other', () => {
    expect(command('', `<x xmlns='${GROUPS}#present'/>`)).toEqual({ kind: 'appeared', from });
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
