// A program for the page of open.ts: one Xabber group.
import { xabberGroups } from '@xmpp-groups/client';
import type { BareJid } from '@xmpp-groups/core/jid';
import { bare, onSubmit, runChat, show, showReady } from './chat-page.js';
import { prepareLogin } from './log-in.js';

const { connection, logIn } = prepareLogin();
const groups = xabberGroups(connection);
let group: BareJid | undefined;

const entered = (): BareJid => {
  if (group === undefined) throw new Error('no group yet');
  return group;
};

groups.on('fault', ({ error }) => show('troubles', String(error)));
groups.on('message', ({ message, own }) => {
  if (message.system === undefined) {
    show('messages', `${own ? 'I' : message.card?.nickname}: ${message.text}`);
  }
});

runChat({
  create: async (host) => {
    group = await groups.create(bare(host), { name: 'Verona' });
    return group;
  },
  join: async (jid) => {
    group = bare(jid);
    await groups.join(group);
  },
  say: async (text) => {
    const outcome = await groups.send(entered(), text).outcome;
    if (outcome.kind === 'failed') throw outcome.error;
  },
});
onSubmit('look-back', async () => {
  const { items } = await groups.history(entered(), { before: '' });
  for (const { message } of items) if (message.system === undefined) show('history', message.text);
});
await logIn();
showReady();
