// A bot in a Xabber group: it rolls dice and names the members. What was asked while it was away, it answers later.
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { client } from '@xmpp/client';
import { answerTo, xabberGroups } from '@xmpp-groups/client';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import { parseBareJid } from '@xmpp-groups/core/jid';

const { SERVICE, DOMAIN, NAME, PASSWORD, GROUP, POSITION = 'position.json' } = process.env;
const read = parseBareJid(GROUP ?? '');
if (!read.ok) throw new Error(`GROUP: ${read.error.reason}`);
const group = read.value;

const xmpp = client({ service: SERVICE, domain: DOMAIN, username: NAME, password: PASSWORD });
xmpp.on('error', (error) => console.error(error.message));
const groups = xabberGroups(connectionOf(xmpp));
groups.on('fault', ({ error }) => console.error(error.message));

const commands = new Map([
  ['!dice', () => `You rolled ${randomInt(1, 7)}`],
  ['!who', async () => [...(await groups.members(group)).values()].map((card) => card.nickname).join(', ')],
]);

const keep = () => {
  writeFileSync(`${POSITION}.new`, JSON.stringify(groups.position(group)));
  renameSync(`${POSITION}.new`, POSITION);
};
groups.on('caughtUp', keep);
groups.on('message', async ({ message, own }) => {
  const command = own ? undefined : commands.get(message.text);
  const sending = command && groups.send(group, await command(), [answerTo(message)]);
  if ((await sending?.outcome)?.kind === 'failed') console.error('An answer was not sent');
  keep();
});

const kept = existsSync(POSITION) ? JSON.parse(readFileSync(POSITION, 'utf8')) : undefined;
await Promise.all([xmpp.start(), kept ? groups.follow(group, kept) : groups.join(group)]);
console.log(`In ${group}`);
