import { vcard } from '@xmpp-groups/core/xep';
import { NS, serialise, xml } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { elementFrom, type FakeLink, fakeLink } from '../../test/fake-link.js';
import { type FragileStore, fragileStore } from '../../test/fragile-store.js';
import { HOST, VERONA } from '../../test/scene.js';
import { createMetrics, type Metrics } from '../metrics.js';
import { createEngine, type Engine } from './engine.js';

const JULIET = 'juliet@example.com/balcony';
const ROMEO = 'romeo@example.com/orchard';

let store: FragileStore;
let link: FakeLink;
let metrics: Metrics;
let engine: Engine;
let logged: string[];

beforeEach(async () => {
  store = await fragileStore();
  link = fakeLink();
  metrics = createMetrics();
  logged = [];
  const log = pino({ level: 'trace', base: null, timestamp: false }, { write: (line) => logged.push(line) });
  engine = createEngine({ host: HOST, store, link, metrics, log, congested: 100_000 });
  engine.open({ kind: 'splice' });
});

const handle = (text: string): void => engine.handle(elementFrom(text));
const iq = (id: string, payload: string, to: string = HOST.domain, from = JULIET): string =>
  `<iq type='get' id='${id}' from='${from}' to='${to}'>${payload}</iq>`;
const create = (id: string, options: string): string =>
  iq(id, `<query xmlns='${NS.groupsCreate}'>${options}</query>`).replace("'get'", "'set'");
const message = (text: string, from = JULIET, to: string = VERONA): string =>
  `<message type='chat' id='${text}' from='${from}' to='${to}'><body>${text}</body></message>`;
const PING = "<ping xmlns='urn:xmpp:ping'/>";

/** What came in answer to the stanza `id`: its type, and the condition of an error. */
async function answerTo(id: string): Promise<string> {
  const [text] = await link.writes(new RegExp(`<(\\w+) [^>]*id='${id}'[^>]*(/>|>.*?</\\1>)`, 's'));
  const type = /type='(\w+)'/.exec(text)?.[1] ?? '';
  const condition = /<([\w-]+) xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/.exec(text)?.[1];
  return condition === undefined ? type : `${type} ${condition}`;
}

async function foundVerona(): Promise<void> {
  handle(create('found', '<localpart>verona</localpart><name>Verona</name>'));
  expect(await answerTo('found')).toBe('result');
}

describe('a stanza to the host', () => {
  it.each([
    ['a request that it knows', iq('1', PING), 'result'],
    ['a request that it does not know', iq('1', "<x xmlns='urn:x'/>"), 'error service-unavailable'],
    ['a bad request', iq('1', `${PING}${PING}`), 'error bad-request'],
    ['a list of groups', iq('1', `<query xmlns='${NS.discoItems}' node='${NS.groups}'/>`), 'result'],
    ['a message', message('1', JULIET, HOST.domain), 'error service-unavailable'],
    ['a new group', create('1', '<localpart>Padua</localpart>'), 'result'],
    ['a new group that chooses nothing but a name', create('1', '<name>Padua</name>'), 'result'],
    ['a new group that cannot have its name', create('1', '<localpart>a b</localpart>'), 'error bad-request'],
  ])('%s: %s', async (_, stanza, answer) => {
    handle(stanza);
    expect(await answerTo('1')).toBe(answer);
  });

  it('is passed over where nothing is to be said', async () => {
    handle(`<presence from='${JULIET}' to='${HOST.domain}'/>`);
    handle(message('headline', JULIET, HOST.domain).replace("'chat'", "'headline'"));
    handle(iq('1', PING));
    await answerTo('1');
    expect(link.written).toHaveLength(1);
  });

  it('is answered with an error when the groups cannot be listed', async () => {
    store.readFailure = new Error('corrupt');
    handle(iq('1', `<query xmlns='${NS.discoItems}' node='${NS.groups}'/>`));
    expect(await answerTo('1')).toBe('error internal-server-error');
    expect(logged.join()).toContain('the host could not answer');
  });
});

describe('a limit of groups a day', () => {
  beforeEach(() => {
    engine = createEngine({
      host: HOST,
      store,
      link,
      metrics,
      log: pino({ level: 'silent' }),
      groupsPerDay: 1,
    });
    engine.open({ kind: 'splice' });
  });

  it('is for each user, and counts what was created', async () => {
    await foundVerona();
    handle(create('more', '<localpart>mantua</localpart>'));
    expect(await answerTo('more')).toBe('error resource-constraint');
    expect(link.written.at(-1)).toContain("<error type='wait'");
    handle(create('other', '<localpart>mantua</localpart>').replace(JULIET, ROMEO));
    expect(await answerTo('other')).toBe('result');
  });

  it('does not count what was refused', async () => {
    await foundVerona();
    handle(create('taken', '<localpart>verona</localpart>').replace(JULIET, ROMEO));
    expect(await answerTo('taken')).toBe('error conflict');
    handle(create('free', '<localpart>mantua</localpart>').replace(JULIET, ROMEO));
    expect(await answerTo('free')).toBe('result');
  });
});

describe('a stanza to a group', () => {
  it.each([
    ['a message to none', message('1', JULIET, `none@${HOST.domain}`), 'error item-not-found'],
    ['a request to none', iq('1', PING, `none@${HOST.domain}`), 'error item-not-found'],
    ['a message of a member', message('1'), 'chat'],
    ['a message of somebody else', message('1', ROMEO), 'error not-allowed'],
    ['a message of type groupchat', message('1').replace("'chat'", "'groupchat'"), 'error bad-request'],
    ['a request', iq('1', PING, `${VERONA}/Group`), 'result'],
    ['a second creation', create('1', '<localpart>verona</localpart>'), 'error conflict'],
  ])('%s: %s', async (_, stanza, answer) => {
    await foundVerona();
    link.written.length = 0;
    // A member hears his own message as the copy inside the echo.
    handle(stanza);
    expect(await answerTo('1')).toBe(answer);
  });

  it('is refused when it asks to join a group that is none', async () => {
    handle(`<presence type='subscribe' from='romeo@example.com' to='none@${HOST.domain}'/>`);
    await link.writes(/<presence to='romeo@example.com'[^>]* type='unsubscribed'/);
  });

  it.each([
    ['an error', message('1').replace("'chat'", "'error'")],
    ['a late result', iq('1', PING, VERONA).replace("'get'", "'result'")],
    ['what is no stanza', "<stream from='a@example.com' to='verona@groups.example.com'/>"],
    ['what has no sender', `<message to='${VERONA}'><body>x</body></message>`],
    ['a sender that is no JID', `<message from='@' to='${VERONA}'><body>x</body></message>`],
  ])('%s gets no answer', async (_, stanza) => {
    await foundVerona();
    link.written.length = 0;
    handle(stanza);
    handle(iq('after', PING, VERONA));
    await answerTo('after');
    expect(link.written).toHaveLength(1);
  });

  it('that asks to join is told when the database fails, and may ask again (error row 9)', async () => {
    await foundVerona();
    store.commitFailure = new Error('disk full');
    handle(`<presence type='subscribe' id='j1' from='romeo@example.com' to='${VERONA}'/>`);
    expect(await answerTo('j1')).toBe('error internal-server-error');
    store.commitFailure = undefined;
    link.written.length = 0;
    handle(`<presence type='subscribe' id='j2' from='romeo@example.com' to='${VERONA}'/>`);
    await link.writes(/<presence to='romeo@example.com'[^>]* type='subscribed'/);
  });

  it('goes on with the next one whatever came', async () => {
    await foundVerona();
    store.commitFailure = new Error('disk full');
    handle(message('lost'));
    expect(await answerTo('lost')).toBe('error internal-server-error');
    handle(message('lost too'));
    expect(await answerTo('lost too')).toBe('error internal-server-error');
    handle(iq('1', PING, VERONA));
    expect(await answerTo('1')).toBe('result');
    expect(await metrics.registry.metrics()).toContain('xmpp_groups_storage_failing 1');
    expect(logged.filter((line) => line.includes('disk full'))).toHaveLength(1);
    store.commitFailure = undefined;
    handle(message('kept'));
    expect(await answerTo('kept')).toBe('chat');
    expect(await metrics.registry.metrics()).toContain('xmpp_groups_storage_failing 0');
  });
});

describe('congestion', () => {
  const archivedCount = async (): Promise<number | undefined> =>
    (await store.page(VERONA, { page: { direction: 'forward', max: 1 } })).count;

  it('refuses new messages and requests, lets presence through, and recovers', async () => {
    await foundVerona();
    link.outcome = 'full';
    handle(message('first'));
    await answerTo('first');
    // The echo of this waits for the server.
    handle(message(`large ${'x'.repeat(100_000)}`));
    await vi.waitFor(async () => expect(await archivedCount()).toBe(3));
    const before = store.tried.length;
    handle(message('too much'));
    handle(iq('q', PING, VERONA));
    handle(`<presence type='subscribe' from='romeo@example.com' to='${VERONA}'/>`);
    await vi.waitFor(() => expect(store.tried.length).toBe(before + 1));
    link.outcome = 'taken';
    engine.drained();
    expect(await answerTo('too much')).toBe('error resource-constraint');
    expect(await answerTo('q')).toBe('error resource-constraint');
    await link.writes(/<presence to='romeo@example.com'[^>]* type='subscribed'/);
    handle(message('again'));
    expect(await answerTo('again')).toBe('chat');
  });
});

describe('a queue of long messages', () => {
  it('is full before it has ten thousand of them: forty megabytes are as much', async () => {
    await foundVerona();
    const release = store.holdLookUps(VERONA);
    const long = elementFrom(
      message('long', 'romeo@example.com/garden').replace('>long<', `>${'x'.repeat(1_000_000)}<`),
    );
    for (let count = 0; count < 40; count += 1) engine.handle(long);
    handle(message('still welcome'));
    for (let count = 0; count < 3; count += 1) engine.handle(long);
    handle(message('too much'));
    expect(await answerTo('too much')).toBe('error resource-constraint');
    release();
    expect(await answerTo('still welcome')).toBe('chat');
    handle(message('welcome again'));
    expect(await answerTo('welcome again')).toBe('chat');
  });
});

describe('what servers say of users', () => {
  it('is taken over from the one who was asked', async () => {
    const asked = link.asks();
    await foundVerona();
    const question = await asked;
    const card = vcard.build({ nickname: 'Jule' });
    question.answer(xml('iq', { type: 'result', id: '1', from: question.to, to: `${VERONA}/Group` }, [card]));
    await vi.waitFor(async () => {
      const stored = await store.load(VERONA);
      expect([...(stored?.group.members.values() ?? [])].map(({ nickname }) => nickname)).toEqual(['Jule']);
    });
  });

  it.each([
    [
      'of somebody who is no member',
      xml('iq', { type: 'result', id: '1', from: 'paris@example.com', to: VERONA }, [
        vcard.build({ nickname: 'Paris' }),
      ]),
    ],
    [
      'that is garbage',
      xml('iq', { type: 'result', id: '1', from: 'juliet@example.com', to: VERONA }, [
        xml('vCard', { xmlns: 'vcard-temp' }, ['<>']),
      ]),
    ],
    ['that does not come', undefined],
  ])('changes nothing where it is an answer %s', async (_, answer) => {
    const asked = link.asks();
    await foundVerona();
    (await asked).answer(answer);
    handle(message('1'));
    await answerTo('1');
    const stored = await store.load(VERONA);
    expect([...(stored?.group.members.values() ?? [])].map(({ nickname }) => nickname)).toEqual([undefined]);
    expect(logged.filter((line) => /"level":[456]0/.test(line))).toEqual([]);
  });

  it('comes too late after the end', async () => {
    const asked = link.asks();
    await foundVerona();
    const question = await asked;
    await engine.stop();
    const commits = store.tried.length;
    question.answer(
      xml('iq', { type: 'result', id: '1', from: question.to, to: VERONA }, [
        vcard.build({ nickname: 'Jule' }),
      ]),
    );
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(store.tried).toHaveLength(commits);
    expect(engine.waiting()).toBe(0);
  });
});

describe('a list that the multicast service sends back', () => {
  it('is no stanza for a group: it goes out one by one, and the log says so', async () => {
    engine.open({ kind: 'multicast', service: { jid: HOST.domain, limit: 20 } });
    await foundVerona();
    handle(message('copy'));
    const [text] = await link.writes(/<message to='groups\.example\.com'[^>]*>.*?<\/message>$/s);
    const list = elementFrom(text.slice(text.lastIndexOf('<message to')));
    link.written.length = 0;
    handle(serialise({ ...list, attrs: { ...list.attrs, from: HOST.domain, to: VERONA, type: 'error' } }));
    await link.writes(/<message to='juliet@example\.com'/);
    expect(logged.join()).toContain('sent a list back');
  });
});

describe('the end', () => {
  it('waits for what was taken, and takes nothing more', async () => {
    await foundVerona();
    const release = store.holdCommits();
    handle(message('taken'));
    const stopped = engine.stop().then(() => link.written.join(''));
    handle(message('not taken'));
    await new Promise(setImmediate);
    release();
    const written = await stopped;
    expect(written).toContain("id='taken'");
    expect(written).not.toContain('not taken');
  });

  it('waits for answers of the host', async () => {
    const { listedGroups } = store;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    store.listedGroups = async (...args) => {
      await held;
      return listedGroups(...args);
    };
    handle(iq('1', `<query xmlns='${NS.discoItems}' node='${NS.groups}'/>`));
    const stopped = engine.stop().then(() => link.written.length);
    release();
    expect(await stopped).toBe(1);
  });

  it('waits until a full link has taken everything', async () => {
    await foundVerona();
    link.outcome = 'full';
    handle(message('one'));
    await answerTo('one');
    handle(message('two'));
    const stopped = engine.stop().then(() => link.written.join(''));
    await vi.waitFor(() =>
      expect(
        store.tried
          .flat()
          .flatMap(({ events }) => events)
          .at(-1),
      ).toMatchObject({ message: { id: 'two' } }),
    );
    link.outcome = 'taken';
    engine.drained();
    expect(await stopped).toContain("id='two'");
  });

  it('does not wait for ever for a link that is down, and says so', async () => {
    await foundVerona();
    engine.close();
    handle(message('one'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const stopped = engine.stop();
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
      await vi.advanceTimersByTimeAsync(3_000);
      await stopped;
    } finally {
      vi.useRealTimers();
    }
    expect(logged.join()).toContain('not delivered');
  });
});
