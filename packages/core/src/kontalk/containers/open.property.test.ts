import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareOf, parseBareJid } from '../../jid/index.js';
import { elementIn } from '../../testing/table.js';
import { fakeMessage, fakeOpenPgp } from '../testing/fake-open-pgp.js';
import { ANN, BEN, keysOf, OLGA, print } from '../testing/people.js';
import { containerElements } from './container.js';
import { type Draft, writeKontalk, writeOpenPgp } from './content.js';
import { open } from './open.js';
import type { ContainerForm } from './open-pgp.js';

const AT = Date.UTC(2026, 10, 21, 7, 8, 30);
const draft: Draft = {
  id: 'i',
  payload: [elementIn("<body xmlns='jabber:client'>x</body>")],
  at: AT,
  padding: '',
};
const library = fakeOpenPgp([print('A')]);

const form = fc.constantFrom<ContainerForm>('kontalk', 'openpgp');
const person = fc.constantFrom(OLGA, ANN, BEN);
const letter = fc.constantFrom('A', 'B', 'C', 'E');

describe('open', () => {
  it('finds no fault only where the accepted key of the sender signed what is for me', async () => {
    await fc.assert(
      fc.asyncProperty(
        form,
        person,
        letter,
        person,
        fc.array(person),
        async (kind, from, signer, claimed, to) => {
          const text =
            kind === 'kontalk'
              ? writeKontalk(
                  draft,
                  `<${claimed}>`,
                  to.map((jid) => `<${jid}>`),
                )
              : writeOpenPgp(draft, to);
          const payload = containerElements(kind, fakeMessage(text, [print('A')], print(signer)));
          const opened = await open(payload, { from, me: ANN, at: AT, keysOf, seen: () => false }, library);
          const honest =
            keysOf(from)[0]?.fingerprint === print(signer) &&
            to.includes(ANN) &&
            (kind === 'openpgp' || claimed === bareOf(from));
          expect(opened?.fault === undefined).toBe(honest);
        },
      ),
    );
  });

  it('never rejects, whatever is inside', async () => {
    const parts = fc.array(
      fc.oneof(
        fc.constantFrom(
          'Content-type: Message/CPIM',
          '\n\n',
          '\n',
          'From: <olga@example.net>',
          'To: <ann@example.net>',
          'Content-type: application/xmpp+xml',
          '<xmpp>',
          '<signcrypt',
          " xmlns='urn:xmpp:openpgp:0'>",
          '</',
        ),
        fc.string({ unit: 'binary' }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(form, parts, fc.uint8Array(), async (kind, inside, raw) => {
        const arrival = { from: OLGA, me: ANN, at: AT, keysOf, seen: () => false };
        const made = containerElements(kind, fakeMessage(inside.join(''), [print('A')], print('C')));
        expect((await open(made, arrival, library))?.fault).not.toBe(undefined);
        expect((await open(containerElements(kind, raw), arrival, library))?.fault).toBe('undecryptable');
      }),
    );
  });

  it('takes any JID for a recipient in both forms', async () => {
    const jids = fc
      .tuple(
        fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
          fc.constantFrom('a;b', 'o`~{}|'),
        ),
        fc.constantFrom('example.net', 'b.org'),
      )
      .map(([local, domain]) => parseBareJid(`${local}@${domain}`))
      .filter((read) => read.ok)
      .map((read) => read.value)
      .filter((jid) => jid.includes('@'));
    await fc.assert(
      fc.asyncProperty(form, fc.array(jids, { maxLength: 3 }), async (kind, others) => {
        const to = [...others, ANN];
        const text =
          kind === 'kontalk'
            ? writeKontalk(
                draft,
                `<${OLGA}>`,
                to.map((jid) => `<${jid}>`),
              )
            : writeOpenPgp(draft, to);
        const payload = containerElements(kind, fakeMessage(text, [print('A')], print('C')));
        const opened = await open(
          payload,
          { from: OLGA, me: ANN, at: AT, keysOf, seen: () => false },
          library,
        );
        expect(opened?.fault).toBe(undefined);
      }),
    );
  });
});
