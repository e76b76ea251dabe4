import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { Status } from '../model/group.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { groupDriver } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import {
  brief,
  createXml,
  iqXml,
  JULIET,
  join,
  messageXml,
  NURSE,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

describe('the presence of a group', () => {
  it('answers each device that appears, and each probe', () => {
    const driver = verona();
    const [first, ...more] = driver.send(presenceXml(`${JULIET}-2`));
    expect(more).toEqual([]);
    expect([first?.to, first?.stanza.attrs.from]).toEqual([`${JULIET}-2`, SPEAKER]);
    const probe = driver.send(`<presence from='${JULIET}' to='${SPEAKER}' type='probe'/>`);
    expect(probe.map(brief)).toEqual([`presence > ${JULIET}`]);
    expect(first && has(first.stanza, `x ${NS.groups}`, 'name')).toBe(true);
  });

  it('is not taken for the presence of a group because a client repeats its mark', () => {
    const driver = verona();
    join(driver, ROMEO);
    const mark = `<x xmlns='${NS.groups}'><name>Mantua</name></x>`;
    expect(driver.send(presenceXml(ROMEO, undefined, mark)).map(brief)).toEqual([`presence > ${ROMEO}`]);
    expect(driver.group().size).toBe(2);
  });

  const statuses: readonly [Status, show: string | undefined, type: string | undefined][] = [
    ['fiesta', 'chat', undefined],
    ['discussion', undefined, undefined],
    ['regulated', 'away', undefined],
    ['limited', 'xa', undefined],
    ['restricted', 'dnd', undefined],
    ['inactive', undefined, 'unavailable'],
  ];
  it.each(statuses)('shows the status %s', (status, show, type) => {
    const driver = verona();
    driver.happen({ kind: 'statusChanged', status });
    const presence = single(driver.send(presenceXml(JULIET)));
    expect(texts(presence, 'show')).toEqual(show === undefined ? [] : [show]);
    expect(presence.attrs.type).toBe(type);
    expect(text(presence, 'status').toLowerCase()).toBe(status);
    expect(text(presence, `x ${NS.groups}`, 'members')).toBe('1');
  });

  it('keeps silent where there is no group, but turns away who asks to join', () => {
    const driver = groupDriver();
    for (const type of [undefined, 'probe', 'subscribed', 'unsubscribe', 'unsubscribed', 'unavailable']) {
      expect(driver.send(presenceXml(ROMEO, type))).toEqual([]);
    }
    expect(driver.send(presenceXml(ROMEO, 'subscribe')).map(brief)).toEqual([
      'presence unsubscribed > romeo@example.com',
    ]);
  });

  it('is no answer to a presence of type error', () => {
    const driver = verona();
    expect(driver.send(presenceXml(JULIET, 'error'))).toEqual([]);
  });
});

interface Step {
  readonly who: string;
  readonly what: string;
}

/** What somebody may do next. */
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(JULIET, ROMEO, NURSE, PARIS),
  what: fc.constantFrom(
    'subscribe',
    'subscribed',
    'unsubscribe',
    'unsubscribed',
    'probe',
    'available',
    'unavailable',
    'message',
    'block',
    'later',
  ),
});

function take(driver: GroupDriver, { who, what }: Step) {
  switch (what) {
    case 'available':
      return driver.send(presenceXml(who));
    case 'message':
      return driver.send(messageXml(who, 'Hello'));
    case 'later':
      driver.env.now += 700;
      return [];
    case 'block': {
      const owner = [...driver.group().members.values()][0];
      const member = [...driver.group().members.values()].find(({ jid }) => who.startsWith(jid));
      if (member !== undefined && member !== owner && member.subscription !== 'both') {
        driver.happen({ kind: 'blockAdded', block: { address: member.jid, member: member.id } });
      }
      return [];
    }
    default:
      return driver.send(presenceXml(who, what));
  }
}

const MEMBERS = `<query xmlns='${NS.groupsMembers}' version='0'/>`;

describe('the number of members, after any sequence of events', () => {
  it('is the same in presence, vCard and member list (T5, D.12), to whomever it is said', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const driver = verona();
        for (const next of steps) {
          const sent = take(driver, next);
          // The last one who leaves ends the group.
          if (!driver.exists()) break;
          const size = [...driver.group().members.values()].filter(
            ({ subscription }) => subscription === 'both',
          ).length;
          expect(driver.group().size).toBe(size);
          for (const { stanza } of sent) {
            for (const mark of all(stanza, `x ${NS.groups}`)) {
              if (stanza.name === 'presence') expect(text(mark, 'members')).toBe(String(size));
            }
          }
          const vCard = single(driver.send(iqXml(PARIS, 'get', `<vCard xmlns='vcard-temp'/>`, VERONA)));
          expect(text(vCard, 'vCard', 'X-MEMBERS')).toBe(String(size));
          for (const { jid, subscription } of driver.group().members.values()) {
            if (subscription === 'none') continue;
            const list = single(driver.send(iqXml(jid, 'get', MEMBERS)));
            expect(texts(list, 'query', 'user', 'subscription')).toEqual(Array(size).fill('both'));
          }
        }
      }),
    );
  });

  it('a list kept by increments is the list from the beginning', () => {
    const since = (driver: GroupDriver, version: string) =>
      only(
        single(
          driver.send(iqXml(JULIET, 'get', `<query xmlns='${NS.groupsMembers}' version='${version}'/>`)),
        ),
        'query',
      );
    const others = fc.record({
      who: fc.constantFrom(ROMEO, NURSE),
      what: fc.constantFrom('subscribe', 'subscribed', 'unsubscribe', 'later'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(others, fc.boolean()), { minLength: 10, maxLength: 40 }), (steps) => {
        const driver = verona();
        const known = new Set(all(since(driver, '0'), 'user').map(({ attrs }) => attrs.id));
        let version = String(driver.group().version);
        for (const [next, look] of steps) {
          take(driver, next);
          if (!look) continue;
          const list = since(driver, version);
          version = list.attrs.version ?? '';
          for (const user of all(list, 'user')) {
            if (text(user, 'subscription') === 'both') known.add(user.attrs.id);
            else known.delete(user.attrs.id);
          }
          expect([...known].sort()).toEqual(
            all(since(driver, '0'), 'user')
              .map(({ attrs }) => attrs.id)
              .sort(),
          );
        }
      }),
    );
  });

  it('versions grow with each change, also when the clock stands still or runs backwards', () => {
    const driver = groupDriver();
    driver.send(createXml());
    const versions = [driver.group().version];
    for (const jid of [ROMEO, NURSE, PARIS]) {
      for (const type of ['subscribe', 'subscribed', 'unsubscribe']) {
        driver.send(presenceXml(jid, type));
        versions.push(driver.group().version);
        driver.env.now -= 5000;
      }
    }
    expect(versions.every(Number.isSafeInteger)).toBe(true);
    expect(versions.slice(1).every((version, index) => version > (versions[index] ?? 0))).toBe(true);
    expect(reaching(driver.send(presenceXml(JULIET)), JULIET)).toHaveLength(1);
  });
});
