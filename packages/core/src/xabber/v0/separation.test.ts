import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { iqXml, JULIET, join, memberOf, messageXml, ROMEO, VERONA, verona } from '../testing/scenes.js';
import { namespaceInV0, namespaceInV1 } from './namespaces.js';

/** What an answer is made of: a group with something in each of its lists. */
function scene(): GroupDriver {
  const driver = verona();
  join(driver, ROMEO);
  driver.send(messageXml(ROMEO, 'hello'));
  driver.send(
    iqXml(JULIET, 'set', `<invite xmlns='${NS.groupsInvite}'><jid>paris@example.net</jid></invite>`),
  );
  driver.send(iqXml(JULIET, 'set', `<block xmlns='${NS.groupsBlock}'><domain>evil.example</domain></block>`));
  return driver;
}

type Names = Readonly<Record<'groups' | 'rewrite', string>>;
type Row = readonly [type: 'get' | 'set', payload: (names: Names) => string];

/** Every request that both generations know, whatever their shapes: in each it is to be answered with its own. */
const SHARED: Readonly<Record<string, Row>> = {
  members: ['get', ({ groups }) => `<query xmlns='${groups}#members' version='0'/>`],
  'one member': ['get', ({ groups }) => `<query xmlns='${groups}#members' id=''/>`],
  'no member': ['get', ({ groups }) => `<query xmlns='${groups}#members' id='nobody0000000000'/>`],
  'all rights': ['get', ({ groups }) => `<query xmlns='${groups}#rights'/>`],
  invitations: ['get', ({ groups }) => `<query xmlns='${groups}#invite'/>`],
  invite: ['set', ({ groups }) => `<invite xmlns='${groups}#invite'><jid>nurse@example.org</jid></invite>`],
  revoke: ['set', ({ groups }) => `<revoke xmlns='${groups}#invite'><jid>paris@example.net</jid></revoke>`],
  decline: ['set', ({ groups }) => `<decline xmlns='${groups}#invite'/>`],
  blocks: ['get', ({ groups }) => `<query xmlns='${groups}#block'/>`],
  block: ['set', ({ groups }) => `<block xmlns='${groups}#block'><jid>tybalt@example.net</jid></block>`],
  unblock: [
    'set',
    ({ groups }) => `<unblock xmlns='${groups}#block'><domain>evil.example</domain></unblock>`,
  ],
  unpin: ['set', ({ groups }) => `<update xmlns='${groups}'><pinned-message/></update>`],
  owner: ['set', ({ groups }) => `<update xmlns='${groups}'><owner>romeo@example.com</owner></update>`],
  'retract all': ['set', ({ rewrite }) => `<retract-all xmlns='${rewrite}' symmetric='true'/>`],
  'retract one': ['set', ({ rewrite }) => `<retract-message xmlns='${rewrite}' id='1' symmetric='true'/>`],
  nonsense: ['get', ({ groups }) => `<nonsense xmlns='${groups}'/>`],
};

/** Requests of today alone; a late client of the first generation may still ask them in the namespaces of then. */
const LATE: Readonly<Record<string, Row>> = {
  'own rights': ['get', ({ groups }) => `<query xmlns='${groups}#default-rights'/>`],
  status: ['get', ({ groups }) => `<query xmlns='${groups}#status'/>`],
  info: ['get', ({ groups }) => `<query xmlns='${groups}#info'/>`],
  properties: ['get', ({ groups }) => `<query xmlns='${groups}'/>`],
  kick: ['set', ({ groups }) => `<kick xmlns='${groups}'><jid>romeo@example.com</jid></kick>`],
  rewrites: ['get', ({ rewrite }) => `<query xmlns='${rewrite}' version='0'/>`],
};

const V1: Names = { groups: NS.groups, rewrite: NS.rewrite };
const V0: Names = { groups: NS.groupsV0, rewrite: NS.rewriteV0 };

const rows = Object.entries({ ...SHARED, ...LATE });

/** What the answer to a request says, without its error: that repeats what was not understood. */
function answerTo(driver: GroupDriver, from: string, type: 'get' | 'set', payload: string): string {
  const answer = driver.send(iqXml(from, type, payload, VERONA)).find(({ stanza }) => stanza.name === 'iq');
  if (answer === undefined) throw new Error(`no answer to ${payload}`);
  return answer.xml.replace(/<text.*<\/text>/u, '');
}

describe.each([JULIET, ROMEO, 'paris@example.net/crypt', 'mercutio@example.com/ball'])('%s', (from) => {
  it.each(rows)('is answered in the words of today: %s', (_, [type, payload]) => {
    expect(answerTo(scene(), from, type, payload(V1))).not.toContain('http://xabber.com');
  });

  it.each(rows)('is answered in the words of then: %s', (_, [type, payload]) => {
    const driver = scene();
    expect(answerTo(driver, from, type, payload(V0)).replaceAll("/jid'", '')).not.toMatch(
      /'https:\/\/xabber\.com/,
    );
  });

  it.each(rows)('gets the same verdict in both: %s', (name, [type, payload]) => {
    // Who is not there is nothing at all today, and was not found then.
    if (name === 'no member') return;
    const kind = (answer: string): string | undefined => /<iq [^>]*type='(\w+)'/u.exec(answer)?.[1];
    expect(kind(answerTo(scene(), from, type, payload(V0)))).toBe(
      kind(answerTo(scene(), from, type, payload(V1))),
    );
  });
});

describe('what the others hear of it', () => {
  it.each(rows)('is the same, whoever asks how: %s', (_, [type, payload]) => {
    const heard = (names: Names): string[] =>
      scene()
        .send(iqXml(JULIET, type, payload(names), VERONA))
        .filter(({ stanza }) => stanza.name !== 'iq')
        .map(({ xml }) => xml);
    expect(heard(V0)).toEqual(heard(V1));
  });
});

describe('namespaces', () => {
  it.each([
    [NS.groupsV0, NS.groups],
    [NS.groupsV0Members, NS.groupsMembers],
    [`${NS.groupsV0}#anything`, `${NS.groups}#anything`],
    [NS.deliveryV0, NS.delivery],
    [`${NS.rewriteV0}#notify`, NS.rewriteNotify],
  ])('%s is %s', (v0, v1) => {
    expect([namespaceInV1(v0), namespaceInV0(v1)]).toEqual([v1, v0]);
  });

  it.each([`${NS.groupsV0}s`, 'urn:xmpp:sid:0', ''])('"%s" is the same in both', (namespace) => {
    expect([namespaceInV1(namespace), namespaceInV0(namespace)]).toEqual([namespace, namespace]);
  });

  it('the roles in which this is asked are there', () => {
    expect([JULIET, ROMEO].map((jid) => memberOf(scene(), jid).subscription)).toEqual(['both', 'both']);
  });
});
