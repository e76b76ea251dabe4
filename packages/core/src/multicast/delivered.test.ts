import { describe, expect, it } from 'vitest';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { serialise } from '../xml/index.js';
import { deliveredCopy, listedApart } from './delivered.js';

const copy = (list: string) =>
  elementIn(
    `<message type='chat' id='c1' from='olga@example.net/phone' to='ann@example.net'><body>x</body>${list}</message>`,
  );
const ejabberd = `<addresses xmlns='http://jabber.org/protocol/address'>
    <address type='to' jid='ben@example.net' delivered='true'/><address type='to' jid='ann@example.net' delivered='true'/>
  </addresses>`;

describe('deliveredCopy (reference 3.5)', () => {
  const plain = serialise(copy(''));

  it.each([
    ['of Kontalk, and a single one', '', 0],
    ['of ejabberd', ejabberd, 2],
    [
      'with a list that cannot be read',
      "<addresses xmlns='http://jabber.org/protocol/address'><address/></addresses>",
      0,
    ],
    [
      'with a prefix',
      "<a:addresses xmlns:a='http://jabber.org/protocol/address'><a:address type='cc' jid='b@c'/></a:addresses>",
      1,
    ],
  ])('%s is the same stanza', (_, list, listed) => {
    const read = deliveredCopy(copy(list));
    expect(serialise(read.stanza)).toBe(plain);
    expect(read.listed).toHaveLength(listed);
  });

  it('leaves an element of the same name in another namespace', () => {
    expect(serialise(deliveredCopy(copy("<addresses xmlns='urn:x'/>")).stanza)).not.toBe(plain);
  });
});

describe('listedApart', () => {
  const members = new Set(['ann@example.net', 'cleo@example.net'].map(bare));

  it('tells who is named beside the members, and which members are not', () => {
    expect(listedApart(deliveredCopy(copy(ejabberd)).listed, members)).toEqual({
      strangers: ['ben@example.net'],
      missing: ['cleo@example.net'],
    });
  });

  it.each([
    ['no list', []],
    ['blind recipients', [{ type: 'bcc' as const, jid: bare('ann@example.net') }]],
    ['an address without a JID', [{ type: 'to' as const, uri: 'sip:b' }]],
  ])('says nothing of %s', (_, listed) => {
    expect(listedApart(listed, members)).toEqual({ strangers: [], missing: [] });
  });
});
