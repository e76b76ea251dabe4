import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { clockwork } from '../testing/clockwork.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { groupDriver } from '../testing/group-driver.js';
import { only, text, texts } from '../testing/reading.js';
import { verdict } from '../testing/roles.js';
import {
  brief,
  createXml,
  iqXml,
  JULIET,
  join,
  messageXml,
  presenceXml,
  ROMEO,
  reaching,
  single,
  verona,
} from '../testing/scenes.js';
import { withIndexing } from './indexing.js';

/** The service that the host of the tests names. */
const INDEX = 'index.example.net';
const GLOBAL = '<name>Verona</name><description>Fights</description><index>global</index>';
const LOCAL = '<name>Verona</name><index>local</index>';

const readArchive = (driver: GroupDriver, from: string) =>
  driver.send(iqXml(from, 'set', `<query xmlns='${NS.mam}'/>`));

describe('a group that wants to be found everywhere (row 90)', () => {
  it('tells the index services when it is there, with all that it says of itself', () => {
    const [presence] = reaching(groupDriver().send(createXml(GLOBAL)), INDEX);
    if (presence === undefined) throw new Error('the index heard nothing');
    expect(presence.attrs).toMatchObject({ from: 'verona@groups.example.com/Group' });
    expect(presence.attrs.type).toBeUndefined();
    const info = only(presence, `x ${NS.groups}`);
    for (const [name, value] of [
      ['name', 'Verona'],
      ['description', 'Fights'],
      ['index', 'global'],
      ['membership', 'open'],
      ['privacy', 'public'],
      ['members', '1'],
    ] as const) {
      expect(text(info, name)).toBe(value);
    }
  });

  it('tells them of each change', () => {
    const driver = verona(GLOBAL);
    const heard = reaching(join(driver, ROMEO), INDEX);
    expect(heard.map(({ name }) => name)).toEqual(['message', 'presence']);
    expect(heard.flatMap((stanza) => texts(stanza, 'x', 'members'))).toEqual(['2']);
  });

  it('gives them a copy of each message, but no echo', () => {
    const driver = verona(GLOBAL);
    const sent = driver.send(messageXml(JULIET, 'hello'));
    expect(sent.map(brief)).toEqual([`message chat > ${INDEX}`, 'message headline > juliet@example.com']);
  });

  it('lets them read its archive, though they are no members', () => {
    const driver = verona(GLOBAL);
    driver.send(messageXml(JULIET, 'hello'));
    const answers = readArchive(driver, INDEX);
    expect(verdict(answers)).toBe('result');
    expect(answers.map(brief)).toEqual([`message > ${INDEX}`, `message > ${INDEX}`, `iq result > ${INDEX}`]);
  });

  it('lets nobody else do so (error row 57)', () => {
    const driver = verona(GLOBAL);
    for (const other of ['index.example.com', 'robot@index.example.net']) {
      expect(verdict(readArchive(driver, other))).toBe('not-allowed 405');
    }
  });

  it('tells a service that is a member as well each thing once', () => {
    const env = clockwork();
    const services = env.host.indexServices;
    const driver = groupDriver('verona', { ...env, host: { ...env.host, indexServices: [...services] } });
    driver.send(createXml(GLOBAL));
    driver.send(`<presence from='${INDEX}' to='verona@groups.example.com' type='subscribe'/>`);
    driver.send(`<presence from='${INDEX}' to='verona@groups.example.com' type='subscribed'/>`);
    expect(driver.group().size).toBe(2);
    expect(reaching(driver.send(messageXml(JULIET, 'hello')), INDEX)).toHaveLength(1);
    // Its own message comes back as an echo only.
    const own = driver.send(messageXml(`${INDEX}/robot`, 'found you')).map(brief);
    expect(own).toEqual(['message chat > juliet@example.com', `message headline > ${INDEX}`]);
  });

  it('shows them no JID when it is incognito', () => {
    const driver = verona(`${GLOBAL}<privacy>incognito</privacy>`);
    join(driver, ROMEO);
    const heard = driver.send(messageXml(ROMEO, 'hello')).filter(({ to }) => to === INDEX);
    expect(heard).toHaveLength(1);
    for (const { xml } of heard) expect(xml).not.toContain('romeo@');
  });
});

describe('any other group', () => {
  it.each([LOCAL, LOCAL.replace('local', 'none')])('tells them nothing: %s', (options) => {
    const driver = groupDriver();
    const sent = [
      ...driver.send(createXml(options)),
      ...join(driver, ROMEO),
      ...driver.send(messageXml(ROMEO, 'hello')),
      ...driver.send(presenceXml(ROMEO, 'unsubscribe')),
    ];
    expect(reaching(sent, INDEX)).toEqual([]);
    expect(single(readArchive(driver, INDEX)).attrs.type).toBe('error');
  });
});

describe('the end of it', () => {
  const driver = verona(GLOBAL);
  const group = driver.group();
  const { properties } = group;

  it('is told when a group no longer wants to be found', () => {
    const event = { kind: 'propertiesChanged', properties: { ...properties, index: 'local' } } as const;
    const { notices } = withIndexing(group, { events: [event], notices: [] }, driver.env);
    expect(notices).toEqual([{ kind: 'presence', to: [INDEX] }]);
  });

  it('is told when a group is deleted', () => {
    const { notices } = withIndexing(group, { events: [{ kind: 'groupDeleted' }], notices: [] }, driver.env);
    expect(notices).toEqual([{ kind: 'parting', to: INDEX, type: 'unavailable' }]);
  });

  it('is not told of other changes: the presence to all members goes there anyway', () => {
    const event = { kind: 'propertiesChanged', properties: { ...properties, name: 'Mantua' } } as const;
    expect(withIndexing(group, { events: [event], notices: [] }, driver.env).notices).toEqual([]);
    const local = verona(LOCAL).group();
    expect(
      withIndexing(local, { events: [{ kind: 'groupDeleted' }], notices: [] }, driver.env).notices,
    ).toEqual([]);
  });

  it('nothing is told where there are no index services', () => {
    const env = { ...driver.env, host: { ...driver.env.host, indexServices: [] } };
    const decision = { events: [{ kind: 'groupDeleted' } as const], notices: [] };
    expect(withIndexing(group, decision, env)).toBe(decision);
  });
});
