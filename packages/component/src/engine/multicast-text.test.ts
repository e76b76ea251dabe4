import type { Jid } from '@xmpp-groups/core/jid';
import { deliveryOf } from '@xmpp-groups/core/xabber';
import { addresses } from '@xmpp-groups/core/xep';
import { NS, serialise, xml } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { bare, jid } from '../../test/jids.js';
import { multicastText } from './ways.js';

const service = (limit: number) => ({ jid: bare('multicast.example.com'), limit });
const body = xml('body', {}, ['Hark & listen']);
const from = 'verona@groups.example.com';

/** What building an element for each recipient gives. */
const built = (recipients: readonly Jid[]): string =>
  serialise(
    xml('message', { to: 'multicast.example.com', from, type: 'chat', id: '1' }, [
      addresses.build({ addresses: recipients.map((recipient) => ({ type: 'bcc', jid: recipient })) }),
      body,
    ]),
    NS.client,
  );

const textFor = (recipients: readonly Jid[], limit: number): string =>
  multicastText(
    deliveryOf('message', { from, type: 'chat', id: '1' }, [body], recipients, true),
    service(limit),
  );

const people = ['romeo@example.com', 'oneill@example.org', 'nurse@example.net/bed <"&"> board'].map(jid);

describe('a message by multicast', () => {
  it('names each recipient as the declaration of XEP-0033 would', () => {
    expect(textFor(people, 5)).toBe(built(people));
  });

  it('goes out once for each full list, and for what is left', () => {
    expect(textFor(people, 2)).toBe(built(people.slice(0, 2)) + built(people.slice(2)));
    expect(textFor(people.slice(0, 2), 2)).toBe(built(people.slice(0, 2)));
    expect(textFor([], 2)).toBe('');
  });

  it('has no longer lists than 500, whatever the service takes', () => {
    const many = Array.from({ length: 501 }, (_, place) => jid(`user${place}@example.com`));
    expect(textFor(many, 10_000)).toBe(built(many.slice(0, 500)) + built(many.slice(500)));
  });
});
