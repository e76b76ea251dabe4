import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-connection.js';
import { card, cards, cardsPage, system, VERONA } from '../../test/group-side.js';
import { scene } from '../../test/scene.js';

const many = (prefix: string, count: number): string =>
  Array.from({ length: count }, (_, at) => card(`${prefix}${at}`)).join('');

describe('the members of a big group', () => {
  it('are asked for in pages; what changes meanwhile is asked for after them', async () => {
    const { connection, client } = await scene();
    const asked = client.members(VERONA);
    expect(connection.sent.at(-1)).toContain('<max>500</max>');
    cardsPage(connection, 7, many('a', 500), 'a499');
    await settled();
    expect(connection.sent.at(-1)).toContain('<after>a499</after>');
    connection.offline();
    connection.online();
    cards(connection, 9, many('b', 2));
    expect((await asked).size).toBe(502);
    connection.receive(system('101', 'left', 9));
    expect(connection.sent.at(-1)).toContain("version='7'");
    cards(connection, 9, card('a0', 'none'));
    await settled();
    expect((await client.members(VERONA)).size).toBe(501);
  });

  it('are all there when the group knows no pages', async () => {
    const { connection, client } = await scene();
    const asked = client.members(VERONA);
    cards(connection, 7, many('a', 600));
    expect((await asked).size).toBe(600);
  });

  it('can be had page by page', async () => {
    const { connection, client } = await scene();
    const asked = client.memberPage(VERONA, { after: 'r0', max: 1 });
    expect(connection.sent.at(-1)).toContain('<after>r0</after>');
    cardsPage(connection, 7, card('j0'), 'j0');
    expect(await asked).toMatchObject({ members: [{ id: 'j0' }], last: 'j0', version: 7 });
  });
});
