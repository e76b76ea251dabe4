import { describe, expect, it } from 'vitest';
import { elementIn, table } from '../testing/table.js';
import { serialise } from '../xml/index.js';
import * as declarations from './error.js';
import { buildError, errorElement, refusal, refusalForNow } from './error.js';

const STANZAS = "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'";

table(declarations, {
  errorElement: {
    pairs: {
      'a refused message': [
        `<error xmlns='jabber:client' type='cancel' code='405'>
           <not-allowed ${STANZAS}/><text ${STANZAS}>You are not a member of this group</text>
         </error>`,
        {
          type: 'cancel',
          code: 405,
          condition: 'not-allowed',
          text: 'You are not a member of this group',
          more: [],
        },
      ],
      'a condition of an application': [
        `<error xmlns='jabber:client' type='modify'><policy-violation ${STANZAS}/><too-long xmlns='urn:example'/></error>`,
        {
          type: 'modify',
          condition: 'policy-violation',
          more: [elementIn("<too-long xmlns='urn:example'/>")],
        },
      ],
    },
    reads: {
      'no condition that is known': [
        "<error xmlns='jabber:component:accept' type='wait'><text xmlns='urn:other'/></error>",
        { type: 'wait', condition: 'undefined-condition', more: [elementIn("<text xmlns='urn:other'/>")] },
      ],
      'a condition with a content': [
        `<error xmlns='jabber:client' by='example.com' type='cancel'><text ${STANZAS} xml:lang='de'>Weg</text><gone ${STANZAS}>xmpp:a@b</gone></error>`,
        { type: 'cancel', condition: 'gone', text: 'Weg', more: [] },
      ],
    },
    fails: {
      'no type': [`<error xmlns='jabber:client'><gone ${STANZAS}/></error>`, 'error@type', 'missing'],
      'a type that there is not': [
        "<error xmlns='jabber:client' type='fatal'/>",
        'error@type',
        'not one of auth, cancel, continue, modify, wait',
      ],
      'a code in words': [
        "<error xmlns='jabber:client' type='cancel' code='gone'/>",
        'error@code',
        'not an integer',
      ],
    },
  },
});

/** RFC 6120, section 8.3.3, and the table of XEP-0086. */
const CONDITIONS = [
  ['bad-request', 'modify', 400],
  ['conflict', 'cancel', 409],
  ['feature-not-implemented', 'cancel', 501],
  ['forbidden', 'auth', 403],
  ['gone', 'cancel', 302],
  ['internal-server-error', 'wait', 500],
  ['item-not-found', 'cancel', 404],
  ['jid-malformed', 'modify', 400],
  ['not-acceptable', 'modify', 406],
  ['not-allowed', 'cancel', 405],
  ['not-authorized', 'auth', 401],
  ['policy-violation', 'modify', 405],
  ['recipient-unavailable', 'wait', 404],
  ['redirect', 'modify', 302],
  ['registration-required', 'auth', 407],
  ['remote-server-not-found', 'cancel', 404],
  ['remote-server-timeout', 'wait', 504],
  ['resource-constraint', 'wait', 500],
  ['service-unavailable', 'cancel', 503],
  ['subscription-required', 'auth', 407],
  ['undefined-condition', 'cancel', 500],
  ['unexpected-request', 'wait', 400],
] as const;

describe('a refusal', () => {
  it.each(CONDITIONS)(
    'for %s is of type %s, with the code %i and a text in English',
    (condition, type, code) => {
      const built = buildError(refusal(condition, 'Why & how'));
      expect(serialise(built)).toBe(
        `<error xmlns='jabber:client' type='${type}' code='${code}'>` +
          `<${condition} ${STANZAS}/><text ${STANZAS} xml:lang='en'>Why &amp; how</text></error>`,
      );
      expect(errorElement.parse(built)).toEqual({
        ok: true,
        value: { type, code, condition, text: 'Why & how', more: [] },
      });
    },
  );

  it('may be for every condition that is read', () => {
    const { fields } = errorElement;
    const known = fields.find(({ key }) => key === 'condition')?.name.split(' | ');
    expect(known).toEqual(CONDITIONS.map(([condition]) => condition));
  });

  it.each(['policy-violation', 'resource-constraint'] as const)(
    'for now, with %s, is of type wait, with the code after which xabber-web sends again (T8)',
    (condition) => {
      expect(errorElement.parse(buildError(refusalForNow(condition, 'Later')))).toMatchObject({
        ok: true,
        value: { type: 'wait', code: 406, condition, text: 'Later' },
      });
    },
  );

  it('keeps what goes beside the error', () => {
    const more = [elementIn("<x xmlns='urn:example'/>")];
    expect(refusal('conflict', 'Taken', more)).toEqual({ condition: 'conflict', text: 'Taken', more });
    expect(refusal('conflict', 'Taken')).not.toHaveProperty('more');
  });
});
