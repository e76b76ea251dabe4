import { describe, expect, it } from 'vitest';
import { full } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import { serialise } from '../../xml/index.js';
import { receiptFor, receivedIn } from './receipts.js';

const from = full('olga@example.net/phone');
const request = elementIn("<request xmlns='urn:xmpp:receipts'/>");
const receipt = elementIn("<received xmlns='urn:xmpp:receipts' id='Xk3'/>");

describe('receipts in a group', () => {
  it('go to the sender alone, for the id outside', () => {
    const answer = receiptFor([request], from, 'Xk3');
    expect(answer?.to).toBe('olga@example.net');
    expect(answer?.payload.map((child) => serialise(child))).toEqual([
      "<received xmlns='urn:xmpp:receipts' id='Xk3'/>",
    ]);
    expect(answer && receivedIn(answer.payload)).toBe('Xk3');
  });

  it.each([
    ['nobody asks', [], 'Xk3'],
    ['there is no id', [request], undefined],
    ['the id is empty', [request], ''],
    ['it is a receipt', [request, receipt], 'Xk3'],
  ])('are not sent when %s', (_, payload, id) => {
    expect(receiptFor(payload, from, id)).toBe(undefined);
  });

  it('are read alone, and beside a container', () => {
    const container = elementIn("<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>AAAA</e2e>");
    expect(receivedIn([receipt])).toBe('Xk3');
    expect(receivedIn([container, receipt])).toBe('Xk3');
    expect(receivedIn([elementIn("<received xmlns='urn:xmpp:receipts'/>")])).toBe(undefined);
  });
});
