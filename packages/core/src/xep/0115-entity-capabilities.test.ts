import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { table } from '../testing/table.js';
import { formField, formOf } from './0004-data-forms.js';
import * as declarations from './0115-entity-capabilities.js';

const NS = "xmlns='http://jabber.org/protocol/caps'";

table(declarations, {
  caps: {
    pairs: {
      'what XEP-0115 shows': [
        `<c ${NS} hash='sha-1' node='http://code.google.com/p/exodus' ver='QgayPKawpkPSDYmwT/WM94uAlu0='/>`,
        { hash: 'sha-1', node: 'http://code.google.com/p/exodus', ver: 'QgayPKawpkPSDYmwT/WM94uAlu0=' },
      ],
    },
    fails: { 'the form of 2004': [`<c ${NS} node='n' ver='0.9' ext='ftrans'/>`, 'c@hash', 'missing'] },
  },
});

const hashed = (text: string): string => createHash('sha1').update(text).digest('base64');

const features = ['caps', 'disco#info', 'disco#items', 'muc'].map((name) => ({
  var: `http://jabber.org/protocol/${name}`,
}));

describe('the text that is hashed', () => {
  it('of the simple example of XEP-0115, section 5.2', () => {
    const info = {
      identities: [{ category: 'client', type: 'pc', name: 'Exodus 0.9.1' }],
      features: [...features].reverse(),
      forms: [],
    };
    expect(hashed(declarations.verificationText(info))).toBe('QgayPKawpkPSDYmwT/WM94uAlu0=');
  });

  it('has the fields of forms in their order, and their values', () => {
    const form = formOf('result', 'urn:xmpp:dataforms:softwareinfo', [
      formField({ var: 'os_version', values: ['10.5.1'] }),
      formField({ var: 'ip_version', values: ['ipv6', 'ipv4'] }),
    ]);
    const other = formOf('result', 'urn:a', []);
    expect(
      declarations.verificationText({ identities: [], features: [{ var: 'b' }], forms: [form, other] }),
    ).toBe('b<urn:a<urn:xmpp:dataforms:softwareinfo<ip_version<ipv4<ipv6<os_version<10.5.1<');
  });

  it('is in the order of bytes, not of UTF-16 units', () => {
    const sorted = ['a', 'ab', 'b', '\uFF5E', '\u{1F339}'];
    const info = {
      identities: [],
      features: [...sorted].reverse().map((name) => ({ var: name })),
      forms: [],
    };
    expect(declarations.verificationText(info)).toBe(sorted.map((name) => `${name}<`).join(''));
  });
});
