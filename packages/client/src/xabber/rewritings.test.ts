import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-connection.js';
import { edit, invalidation, live, page, retraction, rewritten, VERONA } from '../../test/group-side.js';
import { scene } from '../../test/scene.js';

describe('rewritings', () => {
  it('are told at once, each once', async () => {
    const { connection, client, told } = await scene();
    connection.receive(edit(4, '90', 'better'));
    connection.receive(edit(4, '90', 'better'));
    connection.receive(retraction(3, '80'));
    connection.receive(retraction(5, '90'));
    expect(told).toEqual(['4 edited: better', '5 retracted: {"stanzaId":"90"}']);
    expect(client.position(VERONA)).toEqual({ stanzaId: '100', rewrites: 5 });
  });

  it('of an absence are told after what was missed, in their order', async () => {
    const { connection, told } = await scene();
    connection.offline();
    connection.online();
    connection.receive(retraction(6, '101'));
    page(connection, [['101', 'one']]);
    await settled();
    expect(connection.sent.at(-1)).toContain("version='3'");
    connection.receive(edit(4, '90', 'better'));
    connection.receive(retraction(5, '80'));
    connection.receive(retraction(6, '101'));
    rewritten(connection, 6);
    await settled();
    connection.receive(retraction(6, '101'));
    connection.receive(live('102', 'two'));
    expect(told).toEqual([
      'read one',
      '4 edited: better',
      '5 retracted: {"stanzaId":"80"}',
      '6 retracted: {"stanzaId":"101"}',
      'live two',
    ]);
  });

  it('of which one is missing are asked for', async () => {
    const { connection, told } = await scene();
    connection.receive(retraction(6, '90'));
    expect(told).toEqual([]);
    page(connection, []);
    await settled();
    expect(connection.sent.at(-1)).toContain("version='3'");
    connection.receive(retraction(5, '80'));
    rewritten(connection, 6);
    await settled();
    expect(told).toEqual(['5 retracted: {"stanzaId":"80"}', '6 retracted: {"stanzaId":"90"}']);
  });

  it('are asked for again when the connection is lost before the answer, and told once', async () => {
    const { connection, told } = await scene();
    connection.offline();
    connection.online();
    page(connection, []);
    await settled();
    connection.receive(edit(4, '90', 'better'));
    connection.offline();
    connection.online();
    connection.receive(edit(4, '90', 'better'));
    rewritten(connection, 4);
    await settled();
    page(connection, []);
    await settled();
    rewritten(connection, 4);
    await settled();
    expect(told).toEqual(['4 edited: better']);
  });

  it('that are too many are not told one by one', async () => {
    const { connection, client, told } = await scene();
    connection.offline();
    connection.online();
    page(connection, []);
    await settled();
    connection.receive(invalidation(99));
    rewritten(connection, 99);
    await settled();
    expect([told, client.position(VERONA)?.rewrites]).toEqual([['99 invalidated'], 99]);
  });

  it('are the word of the group alone', async () => {
    const { connection, told } = await scene();
    connection.receive(retraction(4, '90', 'mallory@example.com/x'));
    expect(told).toEqual([]);
  });
});
