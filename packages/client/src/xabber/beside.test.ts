import { mentionedId, readGroupMessage, reference } from '@xmpp-groups/core/xabber';
import { parse } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { live, VERONA } from '../../test/group-side.js';
import { answerTo, mentionOf } from './beside.js';

describe('what goes beside a text', () => {
  it.each([
    ['Romeo, hark', 'Romeo', 0, 5],
    ['Hark, Romeo & Juliet', 'Juliet', 18, 24],
    ['💬 <Romeo>', '<Romeo>', 2, 15],
    ['Hark', 'Romeo', undefined, undefined],
  ])('a mention in %j of %s is at %j to %j, in escaped characters (T11)', (text, name, begin, end) => {
    const read = reference.parse(mentionOf(VERONA, text, name, 'r0'));
    expect(read).toMatchObject({ ok: true, value: { type: 'decoration', begin, end } });
    const [address] = read.ok ? read.value.payload.map(({ children }) => String(children[0])) : [];
    expect(mentionedId(address ?? '')).toBe('r0');
  });

  it('an answer names the message as everybody knows it', () => {
    const element = parse(live('101', 'Hi'));
    const message = element.ok ? readGroupMessage(element.value) : undefined;
    if (message === undefined) throw new Error('not read');
    expect(answerTo(message).attrs).toMatchObject({ id: 'm', to: VERONA });
  });
});
