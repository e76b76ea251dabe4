import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BareJid } from '@xmpp-groups/core/jid';
import { vcard } from '@xmpp-groups/core/xep';
import { NS, serialise } from '@xmpp-groups/core/xml';
import { bare, type GroupUser, textMessage } from '@xmpp-groups/harness';
import { afterEach, describe, expect, it } from 'vitest';
import { GROUPS, inWorld, type Person } from './world.js';

/** Here the package refers to itself, as it would be found by a program that uses it. */
const FOLDER = fileURLToPath(new URL('../../packages/component', import.meta.url));

const EVENTS = [
  'offline_message',
  'register_user',
  'remove_user',
  'sm_register_connection',
  'sm_remove_connection',
  'user_send_packet',
  'vcard_set',
];

const world = inWorld('ejabberd by shim', {}, { shim: { events: EVENTS } });
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Somebody with a nickname that nobody else has, in a group of Juliet's, where he has written. */
async function romeoIn(words: string) {
  const nickname = `Montague-${words}`;
  const [romeo, owner] = [
    await world.person('romeo', { nickname }),
    await (await world.person('juliet')).device(),
  ];
  const group = await owner.create(GROUPS, { name: 'Verona' });
  const device = await romeo.device();
  await device.join(group);
  await expect.poll(async () => (await device.members(group, { id: '' })).users[0]?.nickname).toBe(nickname);
  await device.post(group, words);
  await device.rename(group, { nickname: `Lover-${words}` });
  await device.post(group, `more ${words}`);
  return { romeo, device, owner, group, traces: [romeo.bare, nickname, `Lover-${words}`] };
}

/** What of `traces` is in the archive, as Juliet reads it, or anywhere in the files of the daemon. */
async function left(owner: GroupUser, group: BareJid, traces: readonly string[]): Promise<string[]> {
  const { items } = await owner.history(group);
  const files = [world.database, `${world.database}-wal`].filter((file) => existsSync(file));
  const kept =
    items.map(({ message }) => serialise(message.element, NS.client)).join('') +
    files.map((file) => readFileSync(file, 'latin1')).join('');
  return traces.filter((trace) => kept.includes(trace));
}

const unregister = ({ name }: Person): Promise<void> => world.server.unregister(name);

describe('an erased account', () => {
  it('leaves its groups, hands on those that it led, and nothing of it stays but its words', async () => {
    const { romeo, device, owner, group, traces } = await romeoIn('light');
    const nurse = await (await world.person('nurse')).device();
    const own = await device.create(GROUPS, { name: 'Mantua' });
    await nurse.join(own);
    await unregister(romeo);
    expect((await owner.told(group, 'left')).text).toBe('Lover-light left chat');
    expect((await nurse.told(own, 'update')).text).toBe(`${nurse.client.bare} was promoted to owner`);
    await expect.poll(() => left(owner, group, traces), { timeout: 30_000 }).toEqual([]);
    const texts = (await owner.history(group)).items.map(({ message }) => message.text);
    expect(texts).toContain('light');
    expect(texts).toContain('Deleted account left chat');
    expect(texts).toContain('Deleted account is now known as Deleted account');
    expect((await owner.members(group)).users).toHaveLength(1);
  }, 90_000);

  it('does so as well when the daemon was down at the time', async () => {
    const { romeo, device, owner, group, traces } = await romeoIn('shade');
    await world.component.kill9();
    await device.client.stop();
    await unregister(romeo);
    await world.component.restart();
    await owner.told(group, 'left');
    await expect.poll(() => left(owner, group, traces), { timeout: 30_000 }).toEqual([]);
  }, 90_000);
});

describe('a vCard that is changed', () => {
  it('brings the new nickname into the groups, unless somebody has chosen another there', async () => {
    const romeo = await world.person('romeo', { nickname: 'Romeo' });
    const owner = await (await world.person('juliet')).device();
    const device = await romeo.device();
    const groups: BareJid[] = [];
    for (const name of ['Verona', 'Mantua']) {
      const group = await owner.create(GROUPS, { name });
      await device.join(group);
      groups.push(group);
    }
    const [verona, mantua] = groups;
    if (verona === undefined || mantua === undefined) throw new Error('no groups');
    const names = async (): Promise<(string | undefined)[]> =>
      Promise.all(groups.map(async (group) => (await device.members(group, { id: '' })).users[0]?.nickname));
    await expect.poll(names).toEqual(['Romeo', 'Romeo']);
    await device.rename(mantua, { nickname: 'Pilgrim' });
    await device.client.iq(undefined, 'set', vcard.build({ nickname: 'Montague' }));
    await expect.poll(names).toEqual(['Montague', 'Pilgrim']);
    await device.post(verona, 'Hello');
    expect((await owner.hears(verona, 'Hello')).card).toMatchObject({ nickname: 'Montague' });
  }, 60_000);
});

describe('the program of the guide', () => {
  it('hears what happens in the server', async () => {
    const guide = readFileSync(new URL('../../docs/ejabberd.md', import.meta.url), 'utf8');
    const { XMPP_GROUPS_EJABBERD_PORT: port = '', XMPP_GROUPS_EJABBERD_SECRET: secret = '' } = world.bridge;
    const program = /^```js\n([\s\S]*?)^```$/mu.exec(guide)?.[1] ?? '';
    const here = program.replace('5348', port).replace('a long secret', secret);
    const child = spawn(process.execPath, ['--input-type=module', '--eval', here], { cwd: FOLDER });
    stops.push(() => child.kill());
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        output += part;
      });
    }
    await expect.poll(() => output, { timeout: 20_000 }).toContain('listening');

    const romeo = await world.person('romeo');
    const juliet = await (await world.person('juliet')).device();
    const device = await romeo.device({ resource: 'orchard' });
    const full = `${romeo.bare}/orchard`;
    await device.client.iq(undefined, 'set', vcard.build({ nickname: 'Romeo' }));
    await device.client.send(textMessage(bare(juliet.client.bare), 'Hello', 'hello'));
    await device.client.stop();
    await expect.poll(() => output).toContain(`sm_remove_connection ${full}`);
    await juliet.client.send(textMessage(bare(device.client.bare), 'Where are you?', 'where'));
    await expect.poll(() => output).toContain(`offline_message ${romeo.bare} message`);
    await unregister(romeo);
    await expect.poll(() => output).toContain(`remove_user ${romeo.bare}`);
    const lines = output.split('\n').map((line) => line.trim());
    for (const line of [
      `sm_register_connection ${full}`,
      `vcard_set ${romeo.bare} iq`,
      `user_send_packet ${full} message`,
    ]) {
      expect(lines).toContain(line);
    }
  }, 60_000);
});
