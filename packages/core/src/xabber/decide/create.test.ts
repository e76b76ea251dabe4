import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { memberByJid } from '../model/group.js';
import { PERMISSIONS } from '../model/rights.js';
import { bareJid, clockwork } from '../testing/clockwork.js';
import { groupDriver } from '../testing/group-driver.js';
import { all, only, text, texts } from '../testing/reading.js';
import {
  brief,
  createXml,
  JULIET,
  memberOf,
  presenceXml,
  SPEAKER,
  single,
  verona,
} from '../testing/scenes.js';

const DEFAULTS = {
  name: 'verona',
  description: '',
  privacy: 'public',
  membership: 'open',
  index: 'local',
  contacts: [],
  domains: [],
};

describe('the options of a new group', () => {
  const cases: readonly [title: string, xml: string, expected: object][] = [
    ['a name', '<name>Verona Square</name>', { name: 'Verona Square' }],
    ['a name with white space around it', '<name> Verona\n</name>', { name: 'Verona' }],
    ['an empty name', '<name/><privacy>public</privacy>', {}],
    ['a name of white space', '<name>   </name>', {}],
    [
      'a description',
      '<description>Where families fight</description>',
      { description: 'Where families fight' },
    ],
    ['incognito', '<privacy>incognito</privacy>', { privacy: 'incognito' }],
    ['public', '<privacy>public</privacy>', {}],
    ['member-only', '<membership>member-only</membership>', { membership: 'member-only' }],
    ['open', '<membership>open</membership>', {}],
    ['index none', '<index>none</index>', { index: 'none' }],
    ['index global', '<index>global</index>', { index: 'global' }],
    [
      'contacts, sorted and each once',
      '<contacts><contact>romeo@example.com</contact><contact>Juliet@example.com</contact><contact>romeo@EXAMPLE.com</contact></contacts>',
      { contacts: ['juliet@example.com', 'romeo@example.com'] },
    ],
    [
      'domains, sorted and each once',
      '<domains><domain>example.org</domain><domain>EXAMPLE.com</domain><domain>example.com</domain></domains>',
      { domains: ['example.com', 'example.org'] },
    ],
    ['the localpart alone', '<localpart>verona</localpart>', {}],
    ['what nobody knows, besides', '<name>V</name><colour>red</colour>', { name: 'V' }],
  ];
  it.each(cases)('%s', (_, xml, expected) => {
    expect(verona(xml).group().properties).toEqual({ ...DEFAULTS, ...expected });
  });
});

describe('the answer to the request', () => {
  it('repeats everything that was decided, from the host (T19)', () => {
    const driver = groupDriver();
    const [answer] = driver.send(
      createXml(
        '<name>Verona</name><description>d</description><domains><domain>example.com</domain></domains>' +
          '<contacts><contact>romeo@example.com</contact></contacts><index>none</index>',
      ),
    );
    expect(answer?.xml).toBe(
      `<iq from='groups.example.com' to='${JULIET}' id='q1' type='result'><query xmlns='${NS.groupsCreate}'>` +
        '<localpart>verona</localpart><name>Verona</name><description>d</description>' +
        '<privacy>public</privacy><membership>open</membership><index>none</index>' +
        '<domains><domain>example.com</domain></domains><contacts><contact>romeo@example.com</contact></contacts>' +
        '</query></iq>',
    );
  });

  it('comes first, then both halves of the hand-shake, to the bare JID', () => {
    expect(groupDriver().send(createXml()).map(brief)).toEqual([
      `iq result > ${JULIET}`,
      'presence subscribed > juliet@example.com',
      'presence subscribe > juliet@example.com',
    ]);
  });

  it('is followed by presence that shows a group with one member (T4)', () => {
    const [, ...presences] = groupDriver().send(createXml());
    for (const { stanza } of presences) {
      expect(stanza.attrs.from).toBe(SPEAKER);
      expect(text(stanza, `x ${NS.groups}`, 'members')).toBe('1');
      expect(text(stanza, `x ${NS.groups}`, 'name')).toBe('Verona Square');
    }
    expect(presences).toHaveLength(2);
  });

  it('asks for the vCard of the owner in a public group only', () => {
    expect(verona().questions).toEqual(['juliet@example.com vcard']);
    expect(verona('<privacy>incognito</privacy>').questions).toEqual([]);
  });
});

describe('the owner', () => {
  it('is a member at once, with all permissions for ever and no restriction', () => {
    const driver = verona();
    const owner = memberOf(driver, JULIET);
    expect(owner.subscription).toBe('both');
    expect([...owner.rights]).toEqual(PERMISSIONS.map((right) => [right, 0]));
    expect(driver.group().size).toBe(1);
    expect(driver.group().version).toBe(owner.version);
  });

  it('changes nothing by his own side of the hand-shake, in any order', () => {
    const driver = verona();
    const version = driver.group().version;
    expect(driver.send(presenceXml(JULIET, 'subscribed'))).toEqual([]);
    expect(driver.send(presenceXml(JULIET, 'subscribe')).map(brief)).toEqual([
      'presence subscribed > juliet@example.com',
      'presence subscribe > juliet@example.com',
    ]);
    expect(driver.send(presenceXml(JULIET, 'subscribed'))).toEqual([]);
    expect([driver.group().version, driver.group().size, driver.archive.length]).toEqual([version, 1, 1]);
  });

  it('has a random name in an incognito group, none in a public one', () => {
    expect(memberOf(verona(), JULIET).nickname).toBeUndefined();
    expect(memberOf(verona('<privacy>incognito</privacy>'), JULIET).nickname).toMatch(/^\w+ \w+ \d+$/);
  });
});

describe('the first message of the archive', () => {
  it('tells who created what', () => {
    const [message, ...more] = verona('<name>Verona</name><description>d</description>').archive;
    expect(more).toEqual([]);
    expect(message?.text).toBe('juliet@example.com created public group');
    expect(message?.author).toBeUndefined();
    const xml = message?.xml ?? '';
    expect(xml).toContain(`<x xmlns='${NS.groupsSystemMessage}' type='create' version='0'>`);
    for (const part of ['<name>Verona</name>', '<privacy>public</privacy>', '<description>d</description>']) {
      expect(xml).toContain(part);
    }
    expect(xml).toContain('<role>owner</role>');
  });

  it('names nobody in an incognito group', () => {
    const driver = verona('<privacy>incognito</privacy>');
    expect(driver.archive[0]?.xml).not.toContain('juliet');
    expect(driver.archive[0]?.text).toBe(`${memberOf(driver, JULIET).nickname} created incognito group`);
  });
});

describe('a refused request (error rows 4, 5)', () => {
  const cases: readonly [title: string, options: string, condition: string, code: string][] = [
    ['nothing in it', '', 'bad-request', '400'],
    ['a privacy that does not exist', '<privacy>secret</privacy>', 'bad-request', '400'],
    ['a membership that does not exist', '<membership>closed</membership>', 'bad-request', '400'],
    ['an index that does not exist', '<index>yes</index>', 'bad-request', '400'],
    ['two names', '<name>a</name><name>b</name>', 'bad-request', '400'],
    ['a contact that is no JID', '<contacts><contact>@</contact></contacts>', 'bad-request', '400'],
    ['a domain that is none', '<domains><domain>exa mple</domain></domains>', 'bad-request', '400'],
  ];
  it.each(cases)('%s', (_, options, condition, code) => {
    const driver = groupDriver();
    const error = only(single(driver.send(createXml(options))), 'error');
    expect([only(error, condition).attrs.xmlns, error.attrs.code]).toEqual([NS.stanzas, code]);
    expect(() => driver.group()).toThrow('does not exist');
  });

  it('somebody who may not create groups here', () => {
    const driver = groupDriver('verona', clockwork(['romeo@example.com']));
    const error = only(single(driver.send(createXml())), 'error');
    expect([all(error, 'not-allowed').length, error.attrs.code]).toEqual([1, '405']);
    expect(() => driver.group()).toThrow('does not exist');
    expect(driver.send(createXml('<name>V</name>', 'romeo@example.com/r')).map(brief)[0]).toBe(
      'iq result > romeo@example.com/r',
    );
  });

  it('a JID that is taken: the group stays as it was', () => {
    const driver = verona();
    const error = only(single(driver.send(createXml('<name>Mine</name>', 'paris@example.net/p'))), 'error');
    expect([all(error, 'conflict').length, error.attrs.code]).toEqual([1, '409']);
    expect(texts(error, 'text')).toEqual(['verona@groups.example.com exists already']);
    expect(driver.group().properties.name).toBe('Verona Square');
    expect(memberByJid(driver.group(), bareJid('paris@example.net'))).toBeUndefined();
  });
});
