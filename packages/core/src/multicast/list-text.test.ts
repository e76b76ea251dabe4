import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJid } from '../jid/index.js';
import { addresses } from '../xep/index.js';
import { NS, serialise } from '../xml/index.js';
import { blindListText } from './list-text.js';

const jids = fc
  .tuple(fc.string({ maxLength: 5 }), fc.string({ unit: 'grapheme', maxLength: 8 }))
  .map(([local, resource]) => parseJid(`${local}@example.net/${resource}`))
  .filter((read) => read.ok)
  .map((read) => read.value);

describe('blindListText', () => {
  it('is what the declaration of XEP-0033 builds', () => {
    fc.assert(
      fc.property(fc.array(jids, { minLength: 1, maxLength: 5 }), (recipients) => {
        const list = addresses.build({ addresses: recipients.map((jid) => ({ type: 'bcc', jid })) });
        expect(blindListText(recipients)).toBe(serialise(list, NS.client));
      }),
    );
  });
});
