import { describe, expect, it } from 'vitest';
import { type Heard, stanzaReader } from './stanza-reader.js';

const COPY = `<message to='a@b' from='g@c' type='chat' id='1'><body>Tom &amp; copy#0000012;</body></message>`;
const ECHO = `<message to='a@b/c' type='headline'><x><message xmlns='jabber:client'><body>copy#0000013;</body></message></x></message>`;
const REFUSAL =
  `<message to='a@b/c' type='error'><body>copy#0000014; ü</body><error type='wait'>` +
  `<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`;
const RESULT = `<iq to='a@b/c' type='result' id='1'/>`;

const HEARD: readonly Heard[] = [
  { kind: 'copy', number: 12, condition: undefined, to: 'a@b' },
  { kind: 'echo', number: 13, condition: undefined, to: 'a@b/c' },
  { kind: 'error', number: 14, condition: 'resource-constraint', to: 'a@b/c' },
  { kind: 'other', number: undefined, condition: undefined, to: 'a@b/c' },
];

describe('stanzaReader', () => {
  it.each([1, 7, 100, 10_000])('finds all stanzas in chunks of %i bytes', (size) => {
    const heard: Heard[] = [];
    const read = stanzaReader((stanza) => heard.push(stanza));
    const bytes = Buffer.from(COPY + ECHO + REFUSAL + RESULT);
    for (let from = 0; from < bytes.length; from += size) read(bytes.subarray(from, from + size));
    expect(heard).toEqual(HEARD);
  });
});
