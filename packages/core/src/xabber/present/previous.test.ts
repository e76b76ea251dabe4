import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, only } from '../testing/reading.js';
import {
  idOf,
  iqXml,
  JULIET,
  join,
  lastId,
  messageXml,
  NURSE,
  originIdXml,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  trio,
  verona,
} from '../testing/scenes.js';

const PREVIOUS = `previous-id ${NS.previous}`;

/** What a message says is before it: an id, or nothing at all. */
const named = (message: XmlElement): string | undefined => only(message, PREVIOUS).attrs.id;

const copyFor = (sent: readonly Sent[], jid: string): XmlElement => {
  const [copy] = reaching(sent, jid).filter((stanza) => all(stanza, 'body').length > 0);
  if (copy === undefined) throw new Error(`nothing for ${jid}`);
  return copy;
};
const echoed = (sent: readonly Sent[], jid: string, namespace: string = NS.delivery): XmlElement => {
  const found = reaching(sent, jid).flatMap((stanza) => [
    ...all(stanza, `x ${namespace}`, 'message'),
    ...all(stanza, `received ${namespace}`, 'forwarded', 'message'),
  ]);
  const [message] = found;
  if (message === undefined) throw new Error(`no echo for ${jid}`);
  return message;
};

const say = (driver: GroupDriver, who: string, text: string): Sent[] =>
  driver.send(messageXml(who, text, originIdXml(text), text));
const retract = (driver: GroupDriver, id: string): Sent[] =>
  driver.send(iqXml(JULIET, 'set', `<retract-message xmlns='${NS.rewrite}' id='${id}' symmetric='true'/>`));

/** The pages of the archive: each message with the one that it names. */
const history = (driver: GroupDriver, fields = ''): [string, string | undefined][] =>
  driver
    .send(
      iqXml(
        JULIET,
        'set',
        `<query xmlns='${NS.mam}'><x xmlns='${NS.dataForms}' type='submit'><field var='FORM_TYPE'><value>${NS.mam}</value></field>${fields}</x></query>`,
      ),
    )
    .flatMap(({ stanza }) => all(stanza, 'result'))
    .map((result) => [result.attrs.id ?? '', named(only(result, 'forwarded', 'message'))]);

/** What the archive should say. */
const chain = (driver: GroupDriver): [string, string | undefined][] =>
  driver.archive.map(({ stanzaId }, index) => {
    const before = driver.archive[index - 1]?.stanzaId;
    return [String(stanzaId), before === undefined ? undefined : String(before)];
  });

describe('each message names the one before it in the archive', () => {
  it('copies and the echo, system messages too', () => {
    const driver = trio();
    const before = lastId(driver);
    const sent = say(driver, ROMEO, 'one');
    expect([named(copyFor(sent, NURSE)), named(echoed(sent, ROMEO))]).toEqual([before, before]);
    const first = lastId(driver);
    const joined = join(driver, PARIS);
    expect(named(copyFor(joined, JULIET))).toBe(first);
    expect(history(driver)).toEqual(chain(driver));
  });

  it('the first one names none: the element is there without an id', () => {
    const driver = verona();
    expect(history(driver)[0]?.[1]).toBeUndefined();
    expect(
      named(copyFor(verona().send(presenceXml(ROMEO, 'subscribe')).concat(join(driver, ROMEO)), ROMEO)),
    ).toBe(history(driver)[0]?.[0]);
  });

  it.each([
    [
      'of one member',
      (driver: GroupDriver) => `<field var='with'><value>${idOf(driver, ROMEO)}</value></field>`,
    ],
    ['with a text', () => "<field var='withtext'><value>two</value></field>"],
    ['by ids', (driver: GroupDriver) => `<field var='ids'><value>${lastId(driver)}</value></field>`],
  ])('a page that leaves messages out says what is before each in the archive: %s', (_, fields) => {
    const driver = trio();
    for (const text of ['one', 'two', 'three']) {
      say(driver, NURSE, `${text} n`);
      say(driver, ROMEO, `${text} r`);
    }
    const page = history(driver, fields(driver));
    expect(page.length).toBeGreaterThan(0);
    const whole = new Map(chain(driver));
    expect(page.map(([, previous]) => previous)).toEqual(page.map(([id]) => whole.get(id)));
  });

  it('who repeats a message hears what is before that message, not before the next', () => {
    const driver = trio();
    const before = lastId(driver);
    say(driver, ROMEO, 'one');
    say(driver, NURSE, 'two');
    expect(named(echoed(say(driver, ROMEO, 'one'), ROMEO))).toBe(before);
  });

  it('what members write of it themselves is taken out', () => {
    const driver = trio();
    const before = lastId(driver);
    for (const namespace of [NS.previous, NS.previousV0]) {
      const sent = driver.send(messageXml(ROMEO, 'x', `<previous-id xmlns='${namespace}' id='1'/>`));
      const copy = copyFor(sent, NURSE);
      expect(all(copy, 'previous-id')).toHaveLength(1);
      expect(named(copy)).not.toBe('1');
    }
    expect(before).not.toBe('1');
  });
});

describe('after a retraction the successor names its new predecessor', () => {
  it('in the archive', () => {
    const driver = trio();
    for (const text of ['one', 'two', 'three']) say(driver, ROMEO, text);
    retract(driver, String(driver.archive.at(-2)?.stanzaId));
    expect(history(driver)).toEqual(chain(driver));
  });

  it.each<[string, (driver: GroupDriver) => void]>([
    ['of the last message', (driver) => retract(driver, lastId(driver))],
    ['of one before the last', (driver) => retract(driver, String(driver.archive.at(-2)?.stanzaId))],
    [
      'of the last two, one by one',
      (driver) => {
        retract(driver, lastId(driver));
        retract(driver, lastId(driver));
      },
    ],
    [
      'in the words of XEP-0424',
      (driver) =>
        driver.send(
          `<message from='${NURSE}' to='${driver.jid}' type='chat'><retract xmlns='${NS.messageRetraction}' id='four'/></message>`,
        ),
    ],
    [
      'of all that one member wrote',
      (driver) =>
        driver.send(
          iqXml(
            JULIET,
            'set',
            `<retract-user xmlns='${NS.rewrite}' id='${idOf(driver, NURSE)}' symmetric='true'/>`,
          ),
        ),
    ],
  ])('in the next live message: %s', (_, rewrite) => {
    const driver = trio();
    for (const text of ['one', 'two']) say(driver, ROMEO, text);
    for (const text of ['three', 'four']) say(driver, NURSE, text);
    rewrite(driver);
    const left = lastId(driver);
    const sent = say(driver, ROMEO, 'next');
    expect([named(copyFor(sent, NURSE)), named(echoed(sent, ROMEO))]).toEqual([left, left]);
    expect(history(driver)).toEqual(chain(driver));
  });

  it('and when all is gone the next message is the first', () => {
    const driver = trio();
    say(driver, ROMEO, 'one');
    driver.send(iqXml(JULIET, 'set', `<retract-all xmlns='${NS.rewrite}' symmetric='true'/>`));
    expect(named(copyFor(say(driver, ROMEO, 'next'), NURSE))).toBeUndefined();
  });

  it('a new text for a message changes nothing', () => {
    const driver = trio();
    say(driver, ROMEO, 'one');
    const id = lastId(driver);
    driver.send(
      iqXml(
        ROMEO,
        'set',
        `<replace xmlns='${NS.rewrite}' id='${id}'><message><body>1</body></message></replace>`,
      ),
    );
    expect(named(copyFor(say(driver, ROMEO, 'two'), NURSE))).toBe(id);
    expect(history(driver)).toEqual(chain(driver));
  });
});

it('clients of the first generation are told in their own namespace (reference 16)', () => {
  const driver = trio();
  const before = lastId(driver);
  const sent = driver.send(messageXml(ROMEO, 'x', `<request xmlns='${NS.deliveryV0}'/>${originIdXml('x')}`));
  const old = echoed(sent, ROMEO, NS.deliveryV0);
  expect(only(old, `previous-id ${NS.previousV0}`).attrs.id).toBe(before);
  expect(named(copyFor(sent, NURSE))).toBe(before);
});
