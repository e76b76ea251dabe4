import { describe, expect, it } from 'vitest';
import { elementIn } from '../../testing/table.js';
import { serialise } from '../../xml/index.js';
import { ANN } from '../testing/people.js';
import { answeredId, answerTo } from './answer.js';

const body = elementIn("<body xmlns='jabber:client'>Saturday?</body>");
const forward = (message: string) =>
  elementIn(`<forwarded xmlns='urn:xmpp:forward:0'>${message}</forwarded>`);

describe('an answer', () => {
  it.each([
    [
      'of Kontalk',
      [forward("<message xmlns='jabber:client' id='Xk3'><body>Saturday?</body></message>")],
      'Xk3',
    ],
    ['of XEP-0461', [elementIn("<reply xmlns='urn:xmpp:reply:0' id='Xk3'/>")], 'Xk3'],
    ['that names an original without an id', [forward("<message xmlns='jabber:client'/>")], undefined],
    ['that forwards nothing', [forward('')], undefined],
    ['that is none', [body], undefined],
  ])('%s', (_, payload, id) => {
    expect(answeredId(payload)).toBe(id);
  });

  it('is written for both', () => {
    const elements = answerTo({ id: 'Xk3', from: ANN, body });
    expect(elements.map((element) => serialise(element))).toEqual([
      "<reply xmlns='urn:xmpp:reply:0' to='ann@example.net' id='Xk3'/>",
      "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' id='Xk3' type='chat'><body>Saturday?</body></message></forwarded>",
    ]);
    for (const element of elements) expect(answeredId([element])).toBe('Xk3');
  });
});
