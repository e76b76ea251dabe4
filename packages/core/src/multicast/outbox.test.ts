import { describe, expect, it } from 'vitest';
import { bare } from '../testing/jids.js';
import { xml } from '../xml/index.js';
import { acknowledged, isSent, outboxOf } from './outbox.js';
import { piecesOn, routeTo } from './route.js';

const people = ['ann@example.net', 'ben@example.net', 'cleo@example.net'].map(bare);

describe('an outbox', () => {
  it.each([
    ['single stanzas', routeTo(people), 3],
    ['batches', routeTo(people, { jid: bare('m.example.net'), limit: 2, blind: true, announced: true }), 2],
  ])('is sent when the server has all %s', (_, route, count) => {
    const pieces = piecesOn(route, xml('message'));
    expect(pieces).toHaveLength(count);
    let outbox = outboxOf(pieces);
    for (const piece of pieces) {
      expect(isSent(outbox)).toBe(false);
      outbox = acknowledged(acknowledged(outbox, piece), piece);
    }
    expect(isSent(outbox)).toBe(true);
  });

  it('is sent when there is nobody to send to', () => {
    expect(isSent(outboxOf([]))).toBe(true);
  });
});
