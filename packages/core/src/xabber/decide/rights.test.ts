import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { PERMISSIONS, type Permission, RESTRICTIONS, type Right } from '../model/rights.js';
import { START } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import {
  answerIn,
  grant,
  INCOGNITO,
  idOf,
  iqXml,
  JULIET,
  join,
  NURSE,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  refusalIn,
  rightsOf,
  single,
  trio,
  verona,
} from '../testing/scenes.js';

const NOW = Math.floor(START / 1000);

const fieldXml = (name: string, value: string, more = ''): string =>
  `<field var='${name}'${more}>${value === '' ? '' : `<value>${value}</value>`}</field>`;

/** A submitted form, as xabber-web sends it: with title, headings and hidden fields. */
const formXml = (id: string, values: Readonly<Record<string, string>>): string =>
  `<query xmlns='${NS.groupsRights}'><x xmlns='${NS.dataForms}' type='submit'><title>Rights</title>` +
  fieldXml('FORM_TYPE', NS.groupsRights, " type='hidden'") +
  fieldXml('user-id', id, " type='hidden'") +
  fieldXml('permission', 'Permissions', " type='fixed'") +
  Object.entries(values)
    .map(([name, value]) => fieldXml(name, value, " type='list-single'"))
    .join('') +
  `</x></query>`;

const submit = (
  driver: GroupDriver,
  from: string,
  target: string,
  values: Readonly<Record<string, string>>,
): Sent[] => driver.send(iqXml(from, 'set', formXml(idOf(driver, target), values)));

const ask = (driver: GroupDriver, from: string, id: string): XmlElement =>
  single(
    driver.send(
      iqXml(from, 'get', `<query xmlns='${NS.groupsRights}'><user xmlns='${NS.groups}' id='${id}'/></query>`),
    ),
  );

const fieldsOf = (answer: XmlElement): (string | undefined)[] =>
  all(answer, 'query', 'x', 'field').map(({ attrs }) => attrs.var);

const systemIn = (sent: readonly Sent[], to = NURSE): XmlElement => {
  const [message] = reaching(sent, to).filter(({ name }) => name === 'message');
  if (message === undefined) throw new Error('no system message');
  return message;
};

describe('the form with the rights of another member', () => {
  it('has all of them for the owner, with the times for which each can be given', () => {
    const driver = trio();
    const answer = ask(driver, JULIET, idOf(driver, ROMEO));
    const form = only(answer, 'query', `x ${NS.dataForms}`);
    expect([form.attrs.type, text(form, 'title'), text(form, 'instructions')]).toEqual([
      'form',
      "Groupchat user's rights change",
      'Fill out this form to change the rights of user',
    ]);
    expect(fieldsOf(answer)).toEqual([
      'FORM_TYPE',
      'user-id',
      'permission',
      ...PERMISSIONS,
      'restriction',
      ...RESTRICTIONS,
    ]);
    const [field] = all(form, 'field').filter(({ attrs }) => attrs.var === 'change-group');
    expect(field && [field.attrs.type, texts(field, 'value'), texts(field, 'option', 'value')]).toEqual([
      'list-single',
      [],
      ['300', '600', '900', '1800', '3600', '604800', '2592000', '0'],
    ]);
    expect(field && all(field, 'option').map(({ attrs }) => attrs.label)).toEqual([
      '5 minutes',
      '10 minutes',
      '15 minutes',
      '30 minutes',
      '1 hour',
      '1 week',
      '1 month',
      'Forever',
    ]);
  });

  it('shows what is in force, and offers to leave what ends as it is', () => {
    const driver = trio();
    grant(driver, ROMEO, ['send-voice'], NOW - 1);
    grant(driver, ROMEO, ['send-audio']);
    grant(driver, ROMEO, ['send-messages'], NOW + 60);
    const fields = all(ask(driver, JULIET, idOf(driver, ROMEO)), 'query', 'x', 'field');
    const shown = (name: string) =>
      fields
        .filter(({ attrs }) => attrs.var === name)
        .map((field) => [texts(field, 'value'), all(field, 'option')[0]?.attrs.label]);
    expect(shown('send-messages')).toEqual([[[String(NOW + 60)], 'current']]);
    expect(shown('send-audio')).toEqual([[['0'], '5 minutes']]);
    expect(shown('send-voice')).toEqual([[[], '5 minutes']]);
  });

  const HIDDEN = ['FORM_TYPE', 'user-id'];
  const RESTRICTION_PART = ['restriction', ...RESTRICTIONS];
  const visible: readonly [held: Permission | 'nothing', fields: readonly string[]][] = [
    ['nothing', []],
    ['delete-messages', []],
    ['change-users', []],
    ['set-restrictions', RESTRICTION_PART],
    [
      'set-permissions',
      ['permission', 'set-restrictions', 'change-users', 'delete-messages', ...RESTRICTION_PART],
    ],
    [
      'change-group',
      [
        'permission',
        'set-permissions',
        'set-restrictions',
        'change-users',
        'delete-messages',
        ...RESTRICTION_PART,
      ],
    ],
    ['owner', ['permission', ...PERMISSIONS, ...RESTRICTION_PART]],
  ];
  it.each(visible)('shows to who holds %s what he may change', (held, fields) => {
    const driver = trio();
    if (held !== 'nothing') grant(driver, NURSE, [held]);
    expect(fieldsOf(ask(driver, NURSE, idOf(driver, ROMEO)))).toEqual([...HIDDEN, ...fields]);
  });

  it.each([
    ['an admin', 'an owner', ['change-group'], ['owner']],
    ['an admin', 'another admin', ['change-group'], ['delete-messages']],
    ['an owner', 'another owner', ['owner'], ['owner']],
  ] as const)('shows nothing to %s about %s (9.4)', (_, __, own, others) => {
    const driver = trio();
    grant(driver, NURSE, own);
    grant(driver, ROMEO, others);
    expect(fieldsOf(ask(driver, NURSE, idOf(driver, ROMEO)))).toEqual(HIDDEN);
  });

  it('is refused to outsiders, and there is none of them (rows 35, 36)', () => {
    const driver = trio();
    const juliet = idOf(driver, JULIET);
    expect(refusalIn(ask(driver, PARIS, juliet))).toBe('405 not-allowed: You are not a member of this group');
    driver.send(presenceXml(PARIS, 'subscribe'));
    expect(refusalIn(ask(driver, PARIS, juliet))).toBe('405 not-allowed: You are not a member of this group');
    expect(refusalIn(ask(driver, JULIET, idOf(driver, PARIS)))).toMatch(/^404 item-not-found/);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(refusalIn(ask(driver, JULIET, idOf(driver, ROMEO)))).toMatch(/^404 item-not-found/);
    expect(refusalIn(ask(driver, JULIET, 'nobody'))).toBe('404 item-not-found: There is no member nobody');
  });
});

describe('submitting it', () => {
  it('gives a right for a time, answers with the form, and tells everybody', () => {
    const driver = trio();
    const { version } = driver.group();
    const sent = submit(driver, JULIET, ROMEO, { 'send-messages': '3600', 'change-group': '' });
    const answer = answerIn(sent);
    const form = only(answer, 'query', 'x');
    expect([answer.attrs.type, form.attrs.type, has(form, 'field', 'option')]).toEqual([
      'result',
      'result',
      false,
    ]);
    const [field] = all(form, 'field').filter(({ attrs }) => attrs.var === 'send-messages');
    expect(field && texts(field, 'value')).toEqual([String(NOW + 3600)]);
    expect(rightsOf(driver, ROMEO)).toEqual({ 'send-messages': NOW + 3600 });
    for (const jid of [JULIET, ROMEO, NURSE]) {
      const message = systemIn(sent, jid);
      expect(text(message, 'body')).toBe('romeo@example.com was restricted by juliet@example.com');
      const mark = only(message, `x ${NS.groupsSystemMessage}`);
      expect([mark.attrs.type, mark.attrs.version]).toEqual(['update', String(driver.group().version)]);
      expect(texts(mark, 'user', 'role')).toEqual(['member']);
      expect(texts(message, 'reference', 'user', 'role')).toEqual(['owner']);
    }
    expect(driver.group().version).toBeGreaterThan(version);
    expect(driver.archive.at(-1)?.text).toContain('was restricted');
  });

  type Row = readonly [
    title: string,
    before: Partial<Record<Right, number>>,
    values: Readonly<Record<string, string>>,
    after: Partial<Record<Right, number>>,
    text: string,
  ];
  const by = 'by juliet@example.com';
  const rows: readonly Row[] = [
    ['for ever', {}, { 'send-voice': '0' }, { 'send-voice': 0 }, `was restricted ${by}`],
    [
      'another time',
      { 'send-voice': 0 },
      { 'send-voice': '300' },
      { 'send-voice': NOW + 300 },
      `restrictions were changed ${by}`,
    ],
    [
      'one restriction less',
      { 'send-voice': 0, 'send-audio': 0 },
      { 'send-voice': '' },
      { 'send-audio': 0 },
      `restrictions were changed ${by}`,
    ],
    ['no restriction', { 'send-voice': 0 }, { 'send-voice': '' }, {}, `restrictions were canceled ${by}`],
    ['a permission', {}, { 'change-users': '0' }, { 'change-users': 0 }, `was promoted to admin ${by}`],
    ['no permission', { 'change-users': 0 }, { 'change-users': '' }, {}, `was demoted to member ${by}`],
    [
      'another permission',
      { 'change-users': 0 },
      { 'change-users': '', 'change-group': '600' },
      { 'change-group': NOW + 600 },
      `permissions were changed ${by}`,
    ],
    [
      'both kinds',
      { 'change-users': 0 },
      { 'change-group': '0', 'send-voice': '900' },
      { 'change-users': 0, 'change-group': 0, 'send-voice': NOW + 900 },
      `rights were updated ${by}`,
    ],
    [
      'all that W sends back (T15), the times being those of the form',
      { 'send-messages': NOW + 77, 'send-audio': 0, 'send-images': NOW - 5 },
      {
        'change-group': '',
        'send-messages': String(NOW + 77),
        'send-audio': '0',
        'send-images': String(NOW - 5),
        'send-voice': '1800',
      },
      { 'send-messages': NOW + 77, 'send-audio': 0, 'send-images': NOW - 5, 'send-voice': NOW + 1800 },
      `restrictions were changed ${by}`,
    ],
    [
      'a time that was over while the form was open counts as nothing',
      {},
      { 'send-messages': String(NOW - 5), 'send-voice': '1800' },
      { 'send-voice': NOW + 1800 },
      `was restricted ${by}`,
    ],
    [
      'ownership, and whoever gets it is free: nobody could free him any more',
      { 'send-messages': 0, 'send-audio': NOW + 60 },
      { owner: '0', 'send-messages': '0' },
      { owner: 0 },
      `was promoted to owner ${by}`,
    ],
  ];
  it.each(rows)('%s', (_, before, values, after, sentence) => {
    const driver = trio();
    for (const right of [...PERMISSIONS, ...RESTRICTIONS]) {
      const until = before[right];
      if (until !== undefined) grant(driver, ROMEO, [right], until);
    }
    const sent = submit(driver, JULIET, ROMEO, values);
    expect(rightsOf(driver, ROMEO)).toEqual(after);
    expect(text(systemIn(sent), 'body')).toBe(`romeo@example.com ${sentence}`);
  });

  it.each([
    ['nothing', {}],
    ['nothing new', { 'send-voice': '', 'change-group': '' }],
    ['a right that does not exist', { 'send-voice': '0', fly: '0' }],
    ['a name that objects have', { constructor: '0' }],
    ['a time that is not offered', { 'send-voice': '301' }],
    ['a moment that the form did not show', { 'send-voice': String(NOW + 400_000_000) }],
    ['a word', { 'send-voice': '5 minutes' }],
    ['a negative time', { 'send-voice': '-300' }],
  ])('%s is a mistake (row 37)', (_, values) => {
    const driver = trio();
    const { version } = driver.group();
    const answer = single(submit(driver, JULIET, ROMEO, values));
    expect(refusalIn(answer)).toMatch(/^400 bad-request: /);
    expect([driver.group().version, rightsOf(driver, ROMEO)]).toEqual([version, {}]);
  });

  const query = (content: string) => `<query xmlns='${NS.groupsRights}'>${content}</query>`;
  it.each([
    ['no form', query('')],
    ['a form that was not submitted', query(`<x xmlns='${NS.dataForms}' type='form'/>`)],
    ['a cancelled form', query(`<x xmlns='${NS.dataForms}' type='cancel'/>`)],
    [
      'two values',
      query(
        `<x xmlns='${NS.dataForms}' type='submit'><field var='send-voice'><value>0</value><value>300</value></field></x>`,
      ),
    ],
  ])('%s is a mistake', (_, payload) => {
    expect(refusalIn(single(trio().send(iqXml(JULIET, 'set', payload))))).toMatch(/^400 bad-request: /);
  });

  it.each([
    ['nobody', ''],
    ['somebody unknown', 'nobody'],
  ])('for %s finds nobody (row 39)', (_, id) => {
    const answer = single(trio().send(iqXml(JULIET, 'set', formXml(id, { 'send-voice': '0' }))));
    expect(refusalIn(answer)).toMatch(/^404 item-not-found: /);
  });

  it('for a former member finds nobody', () => {
    const driver = trio();
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    const answer = single(submit(driver, JULIET, ROMEO, { 'send-voice': '0' }));
    expect(refusalIn(answer)).toMatch(/^404 item-not-found: /);
  });

  it('knows rights without field types, as other clients send them', () => {
    const driver = trio();
    driver.send(
      iqXml(
        JULIET,
        'set',
        query(
          `<x xmlns='${NS.dataForms}' type='submit'>${fieldXml('user-id', idOf(driver, ROMEO))}` +
            `${fieldXml('restriction', 'Restrictions')}${fieldXml('send-voice', '0')}</x>`,
        ),
      ),
    );
    expect(rightsOf(driver, ROMEO)).toEqual({ 'send-voice': 0 });
  });

  it('tells no JIDs in an incognito group', () => {
    const driver = trio(INCOGNITO);
    const sent = submit(driver, JULIET, ROMEO, { 'change-group': '0' });
    for (const { xml, to } of sent) {
      const named = ['juliet', 'romeo', 'nurse'].filter((name) => xml.includes(`${name}@`));
      expect(named.filter((name) => !to.startsWith(name))).toEqual([]);
    }
  });
});

describe('who may give and take rights', () => {
  const WHAT = ['send-messages', ...PERMISSIONS] as const;
  const restrictions = ['send-messages'] as const;
  const low = ['set-restrictions', 'change-users', 'delete-messages'] as const;
  const may: readonly [held: Permission | 'nothing', rights: readonly Right[]][] = [
    ['nothing', []],
    ['delete-messages', []],
    ['change-users', []],
    ['set-restrictions', restrictions],
    ['set-permissions', [...restrictions, ...low]],
    ['change-group', [...restrictions, 'set-permissions', ...low]],
    ['owner', WHAT],
  ];
  it.each(
    may.flatMap(([held, rights]) => WHAT.map((right) => [held, right, rights.includes(right)] as const)),
  )('who holds %s sets %s for a member: %s', (held, right, allowed) => {
    const driver = trio();
    if (held !== 'nothing') grant(driver, NURSE, [held]);
    const answer = answerIn(submit(driver, NURSE, ROMEO, { [right]: '3600' }));
    expect(rightsOf(driver, ROMEO)).toEqual(allowed ? { [right]: NOW + 3600 } : {});
    if (allowed) expect(answer.attrs.type).toBe('result');
    else expect(refusalIn(answer)).toMatch(/^405 not-allowed: You need the right [a-z-]+ for that$/);
  });

  it('a denial names the right that was missing', () => {
    const driver = trio();
    grant(driver, NURSE, ['set-permissions']);
    const missing = (right: Right) =>
      refusalIn(answerIn(submit(driver, NURSE, ROMEO, { [right]: '0' }))).replace('405 not-allowed: ', '');
    expect(missing('owner')).toBe('You need the right owner for that');
    expect(missing('change-group')).toBe('You need the right owner for that');
    expect(missing('set-permissions')).toBe('You need the right change-group for that');
    driver.happen({
      kind: 'rightRevoked',
      member: idOf(driver, NURSE),
      right: 'set-permissions',
      version: driver.group().version + 1,
    });
    expect(missing('send-voice')).toBe('You need the right set-restrictions for that');
  });

  it('a right that has expired is none', () => {
    const driver = trio();
    grant(driver, NURSE, ['set-restrictions'], NOW + 1);
    driver.env.now = (NOW + 1) * 1000;
    expect(refusalIn(answerIn(submit(driver, NURSE, ROMEO, { 'send-voice': '0' })))).toMatch(/^405/);
  });

  const hierarchy: readonly [actor: Right[], target: Right[], allowed: boolean][] = [
    [['owner'], [], true],
    [['owner'], ['change-group'], true],
    [['owner'], ['owner'], false],
    [['change-group'], [], true],
    [['change-group'], ['delete-messages'], false],
    [['change-group'], ['owner'], false],
    [['set-restrictions'], ['send-audio'], true],
  ];
  it.each(hierarchy)('%j over %j: %s (row 38)', (actor, target, allowed) => {
    const driver = trio();
    grant(driver, NURSE, actor);
    grant(driver, ROMEO, target);
    const answer = answerIn(submit(driver, NURSE, ROMEO, { 'send-voice': '0' }));
    expect(answer.attrs.type).toBe(allowed ? 'result' : 'error');
    if (!allowed) {
      expect(refusalIn(answer)).toBe(
        '405 not-allowed: You can change the rights only of those who stand below you',
      );
    }
  });

  it.each([JULIET, NURSE])('nobody changes his own: %s', (who) => {
    const driver = trio();
    grant(driver, NURSE, ['change-group']);
    grant(driver, NURSE, ['send-voice']);
    const answer = answerIn(submit(driver, who, who, { 'send-voice': '' }));
    expect(refusalIn(answer)).toBe('405 not-allowed: Nobody can change his own rights');
  });

  it.each([
    ['a stranger', PARIS],
    ['who waits', 'balthasar@example.com/road'],
    ['who was blocked and is gone', 'tybalt@example.com/blade'],
  ])('not %s', (_, from) => {
    const driver = trio();
    driver.send(presenceXml('balthasar@example.com/road', 'subscribe'));
    join(driver, 'tybalt@example.com/blade');
    driver.send(presenceXml('tybalt@example.com/blade', 'unsubscribe'));
    const answer = answerIn(submit(driver, from, ROMEO, { 'send-voice': '0' }));
    expect(refusalIn(answer)).toBe('405 not-allowed: You are not a member of this group');
  });
});

const defaultsXml = (values?: Readonly<Record<string, string>>): string =>
  values === undefined
    ? `<query xmlns='${NS.groupsDefaultRights}'/>`
    : `<query xmlns='${NS.groupsDefaultRights}'><x xmlns='${NS.dataForms}' type='submit'>` +
      fieldXml('FORM_TYPE', NS.groups, " type='hidden'") +
      Object.entries(values)
        .map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`)
        .join('') +
      `</x></query>`;

describe('what newcomers may not do (9.5)', () => {
  it('is asked for as a form of durations', () => {
    const driver = trio();
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-messages', seconds: 3600 });
    const answer = single(driver.send(iqXml(JULIET, 'get', defaultsXml())));
    const form = only(answer, 'query', 'x');
    expect([text(form, 'title'), form.attrs.type]).toEqual(['Groupchat default rights', 'form']);
    const fields = all(form, 'field');
    expect(fields.map(({ attrs }) => attrs.var)).toEqual(['FORM_TYPE', 'restriction', ...RESTRICTIONS]);
    expect(fields[0] && text(fields[0], 'value')).toBe(NS.groups);
    expect(fields[2] && texts(fields[2], 'value')).toEqual(['3600']);
    expect(fields[3] && [texts(fields[3], 'value'), all(fields[3], 'option').length]).toEqual([[], 8]);
  });

  it('is set by durations, and taken away by an empty value', () => {
    const driver = trio();
    const set = (values: Readonly<Record<string, string>>) =>
      single(driver.send(iqXml(JULIET, 'set', defaultsXml(values))));
    const answer = set({ 'send-messages': '3600', 'send-images': '0', 'send-voice': '' });
    expect([answer.attrs.type, only(answer, 'query', 'x').attrs.type]).toEqual(['result', 'result']);
    expect(texts(answer, 'query', 'x', 'field', 'value')).toEqual(expect.arrayContaining(['3600', '0']));
    expect([...driver.group().defaultRestrictions]).toEqual([
      ['send-messages', 3600],
      ['send-images', 0],
    ]);
    set({ 'send-messages': '', 'send-images': '0' });
    expect([...driver.group().defaultRestrictions]).toEqual([['send-images', 0]]);
    // Who is a member already is not concerned.
    expect(rightsOf(driver, ROMEO)).toEqual({});
  });

  it.each([
    ['nothing', {}],
    ['nothing new', { 'send-voice': '' }],
    ['a permission', { 'change-group': '0' }],
    ['an unknown name', { fly: '0' }],
    ['a time that is not offered', { 'send-voice': '5 minutes' }],
  ])('%s is a mistake (row 41)', (_, values) => {
    const answer = single(trio().send(iqXml(JULIET, 'set', defaultsXml(values))));
    expect(refusalIn(answer)).toMatch(/^400 bad-request: /);
  });

  it.each([
    ['a member', NURSE, [], false],
    ['who may set permissions', NURSE, ['set-permissions'], false],
    ['who may change the group', NURSE, ['change-group'], true],
    ['a stranger', PARIS, [], false],
  ] as const)('is a matter of who may change the group: %s (row 40)', (_, from, rights, allowed) => {
    const driver = trio();
    if (rights.length > 0) grant(driver, from, rights);
    for (const request of [
      iqXml(from, 'get', defaultsXml()),
      iqXml(from, 'set', defaultsXml({ 'send-voice': '0' })),
    ]) {
      const answer = single(driver.send(request));
      if (allowed) expect(answer.attrs.type).toBe('result');
      else expect(refusalIn(answer)).toMatch(/^405 not-allowed: You (need the right change-group|are not)/);
    }
  });

  it('begins when somebody joins', () => {
    const driver = verona();
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-messages', seconds: 3600 });
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-images', seconds: 0 });
    driver.send(presenceXml(ROMEO, 'subscribe'));
    expect(rightsOf(driver, ROMEO)).toEqual({});
    driver.env.now += 5000;
    driver.send(presenceXml(ROMEO, 'subscribed'));
    expect(rightsOf(driver, ROMEO)).toEqual({ 'send-messages': NOW + 3605, 'send-images': 0 });
    expect(rightsOf(driver, JULIET)).not.toHaveProperty('send-messages');
  });

  it('is not shortened by going and coming back', () => {
    const driver = verona();
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-messages', seconds: 300 });
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-images', seconds: 300 });
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 0 });
    join(driver, ROMEO);
    grant(driver, ROMEO, ['send-messages'], NOW + 9999);
    grant(driver, ROMEO, ['send-voice'], NOW + 9999);
    grant(driver, ROMEO, ['send-audio']);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    driver.env.now += 60_000;
    join(driver, ROMEO);
    expect(rightsOf(driver, ROMEO)).toEqual({
      'send-messages': NOW + 9999,
      'send-images': NOW + 360,
      'send-voice': 0,
      'send-audio': 0,
    });
  });

  it('is told with the list of all rights', () => {
    const driver = trio();
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-messages', seconds: 3600 });
    const answer = single(driver.send(iqXml(ROMEO, 'get', `<query xmlns='${NS.groupsRights}'/>`)));
    expect(all(answer, 'query', 'restriction').map(({ attrs }) => attrs.expires)[0]).toBe('3600');
    const refused = single(driver.send(iqXml(PARIS, 'get', `<query xmlns='${NS.groupsRights}'/>`)));
    expect(refusalIn(refused)).toMatch(/^405 not-allowed/);
  });
});
