import { bareOf, parseBareJid } from '@xmpp-groups/core/jid';
import { infoQuery } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import { fakeConnection, fakePlatform, ME, settled } from '../test/fake-connection.js';
import { GroupsError } from './errors.js';
import { createWire } from './wire.js';

const read = parseBareJid('verona@groups.example.com');
if (!read.ok) throw new Error(read.error.reason);
const group = read.value;
const attempt = { what: 'try it', to: group };
const question = infoQuery.build({});
const ANSWER = "<query xmlns='https://xabber.com/protocol/groups#info'/>";
const REFUSED =
  "<error type='wait'><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Slowly</text></error>";

function scene() {
  const connection = fakeConnection();
  const platform = fakePlatform();
  const wire = createWire(connection, platform, 1000);
  connection.online();
  const ask = () => wire.ask(attempt, question, infoQuery);
  const change = () => wire.change(attempt, question);
  return { connection, platform, wire, ask, change };
}

const failure = async (promise: Promise<unknown>): Promise<GroupsError> => {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GroupsError)) throw error;
  return error;
};

describe('a request', () => {
  it('resolves with what the answer says, and leaves no timer', async () => {
    const { connection, platform, ask } = scene();
    const answer = ask();
    connection.answer('#info', ANSWER);
    expect(await answer).toEqual({});
    expect(platform.timers()).toBe(0);
  });

  it('rejects with the condition, the text and what was attempted', async () => {
    const { connection, ask } = scene();
    const answer = ask();
    connection.answer('#info', REFUSED, 'error');
    expect(await failure(answer)).toMatchObject({
      condition: 'policy-violation',
      text: 'Slowly',
      later: true,
      attempted: attempt,
      message: 'try it (verona@groups.example.com): policy-violation: Slowly',
    });
  });

  it.each([
    ['nothing in it', ''],
    ['something else in it', "<query xmlns='urn:x'/>"],
  ])('rejects an answer with %s', async (_, payload) => {
    const { connection, ask } = scene();
    const answer = ask();
    connection.answer('#info', payload);
    expect(await failure(answer)).toMatchObject({ condition: 'unreadable' });
  });

  it('is not answered by another than who was asked', async () => {
    const { connection, platform, ask } = scene();
    const answer = ask();
    const id = /id='(id-\d+)'/.exec(connection.sent[0] ?? '')?.[1];
    for (const from of ['mallory@example.com', `${group}/Group`, bareOf(ME)]) {
      connection.receive(
        `<iq xmlns='jabber:client' type='result' id='${id}' from='${from}' to='${ME}'>${ANSWER}</iq>`,
      );
    }
    connection.receive(`<iq xmlns='jabber:client' type='result' id='${id}'>${ANSWER}</iq>`);
    platform.pass(1000);
    expect(await failure(answer)).toMatchObject({ condition: 'timeout' });
  });

  it.each(['', ` from='${bareOf(ME)}'`, ` from='example.com'`, ` from='${ME}'`])(
    'to the own account may be answered with the sender "%s"',
    async (from) => {
      const { connection, wire } = scene();
      const answer = wire.ask({ what: 'ask' }, question, infoQuery);
      const id = /id='(id-\d+)'/.exec(connection.sent[0] ?? '')?.[1];
      connection.receive(`<iq xmlns='jabber:client' type='result' id='${id}'${from}>${ANSWER}</iq>`);
      expect(await answer).toEqual({});
    },
  );

  it('made offline is sent when the connection is there, or times out', async () => {
    const { connection, platform, ask } = scene();
    connection.offline();
    const [late, answer] = [ask(), ask()];
    expect(connection.sent).toHaveLength(0);
    connection.online();
    connection.answer('#info', ANSWER);
    expect(await answer).toEqual({});
    platform.pass(1000);
    expect(await failure(late)).toMatchObject({ condition: 'timeout' });
  });

  it('that only asks is sent again in a new session, one that changes is not', async () => {
    const { connection, ask, change } = scene();
    const [asked, changed] = [ask(), change()];
    connection.offline();
    connection.online();
    expect(await failure(changed)).toMatchObject({ condition: 'offline' });
    expect(connection.sent).toHaveLength(3);
    expect(connection.sent[2]).toBe(connection.sent[0]);
    connection.answer('#info', ANSWER);
    expect(await asked).toEqual({});
  });

  it('stays as it is when the session is resumed', async () => {
    const { connection, change } = scene();
    const changed = change();
    connection.offline();
    connection.online(true);
    connection.answer('#info', ANSWER);
    expect(await changed).toHaveLength(1);
    expect(connection.sent).toHaveLength(1);
  });

  it('ends with the client, and none begins after that', async () => {
    const { wire, ask, change, connection, platform } = scene();
    const open = [failure(ask()), failure(wire.next(attempt, () => undefined))];
    wire.close();
    open.push(failure(change()));
    for (const error of await Promise.all(open)) expect(error.condition).toBe('closed');
    await settled();
    expect([connection.sent.length, platform.timers()]).toEqual([1, 0]);
  });
});
