import { describe, expect, it } from 'vitest';
import { table } from '../testing/table.js';
import * as declarations from './0004-data-forms.js';
import { firstValueOf, formField, formOf, valuesOf } from './0004-data-forms.js';

const field = formField;

table(declarations, {
  form: {
    pairs: {
      'a submitted query': [
        `<x xmlns='jabber:x:data' type='submit'>
           <field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>
           <field var='withtext'><value>sonnet</value></field>
         </x>`,
        {
          type: 'submit',
          instructions: [],
          fields: [
            field({ var: 'FORM_TYPE', type: 'hidden', values: ['urn:xmpp:mam:2'] }),
            field({ var: 'withtext', values: ['sonnet'] }),
          ],
        },
      ],
      'a form to fill in': [
        `<x xmlns='jabber:x:data' type='form'>
           <title>Rights of a member</title>
           <instructions>Choose until when.</instructions><instructions>Then send.</instructions>
           <field var='send-messages' type='list-single' label='Send messages'>
             <desc>Nobody hears him</desc><required/><value>1618500000</value>
             <option label='5 minutes'><value>300</value></option><option><value>0</value></option>
           </field>
         </x>`,
        {
          type: 'form',
          title: 'Rights of a member',
          instructions: ['Choose until when.', 'Then send.'],
          fields: [
            {
              var: 'send-messages',
              type: 'list-single',
              label: 'Send messages',
              description: 'Nobody hears him',
              required: true,
              values: ['1618500000'],
              options: [{ label: '5 minutes', value: '300' }, { value: '0' }],
            },
          ],
        },
      ],
      'no fields': [
        "<x xmlns='jabber:x:data' type='cancel'/>",
        { type: 'cancel', instructions: [], fields: [] },
      ],
      'a value of nothing is not the same as no value': [
        `<x xmlns='jabber:x:data' type='result'>
           <field var='user-id'><value/></field><field var='change-group'/>
         </x>`,
        {
          type: 'result',
          instructions: [],
          fields: [field({ var: 'user-id', values: [''] }), field({ var: 'change-group' })],
        },
      ],
    },
    reads: {
      'children in another order, unknown ones among them': [
        `<x type='submit' xmlns='jabber:x:data'>
           <field type='hidden' var='a'><media xmlns='urn:xmpp:media-element'/><value>1</value></field>
           <reported/><title>T</title>
         </x>`,
        {
          type: 'submit',
          title: 'T',
          instructions: [],
          fields: [field({ var: 'a', type: 'hidden', values: ['1'] })],
        },
      ],
      'a prefix': [
        "<d:x xmlns:d='jabber:x:data' type='submit'><d:field var='a'><d:value>1</d:value></d:field><field/></d:x>",
        { type: 'submit', instructions: [], fields: [field({ var: 'a', values: ['1'] })] },
      ],
    },
    fails: {
      'no type': ["<x xmlns='jabber:x:data'/>", 'x@type', 'missing'],
      'an undefined type': [
        "<x xmlns='jabber:x:data' type='save'/>",
        'x@type',
        'not one of form, submit, cancel, result',
      ],
      'another namespace': ["<x xmlns='jabber:x:oob' type='form'/>", 'x', "not <x xmlns='jabber:x:data'/>"],
      'two titles': ["<x xmlns='jabber:x:data' type='form'><title/><title/></x>", 'x/title', 'more than one'],
      'an option without a value': [
        "<x xmlns='jabber:x:data' type='form'><field><option/></field></x>",
        'x/field/option/value',
        'missing',
      ],
      'more than a thousand fields': [
        `<x xmlns='jabber:x:data' type='form'>${'<field/>'.repeat(1001)}</x>`,
        'x/field',
        'more than 1000',
      ],
    },
  },
});

describe('a form of a kind', () => {
  const made = formOf(
    'form',
    'urn:xmpp:mam:2',
    [field({ var: 'ids', values: ['1', '2'] }), field({ var: 'with' })],
    'T',
  );

  it('says its kind first, in a hidden field', () => {
    expect(made).toEqual({
      type: 'form',
      title: 'T',
      instructions: [],
      fields: [
        field({ var: 'FORM_TYPE', type: 'hidden', values: ['urn:xmpp:mam:2'] }),
        field({ var: 'ids', values: ['1', '2'] }),
        field({ var: 'with' }),
      ],
    });
  });

  it.each([
    ['ids', ['1', '2'], '1'],
    ['with', [], undefined],
    ['start', undefined, undefined],
  ])('the field %s has the values %j', (name, values, first) => {
    expect(valuesOf(made, name)).toEqual(values);
    expect(firstValueOf(made, name)).toBe(first);
  });
});
