// A program for the page of page.ts: one Xabber group, over WebSocket.
import { client } from '@xmpp/client';
import { xabberGroups } from '@xmpp-groups/client';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { account, runChat, show, showOnline } from './chat-page.js';

function bare(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
}

const xmpp = client(account());
xmpp.on('error', (error) => show('troubles', String(error)));
const groups = xabberGroups(connectionOf(xmpp));
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
  create: async (form) => {
    group = await groups.create(bare(String(form.get('text'))), { name: 'Verona' });
    return group;
  },
  join: async (text) => {
    group = bare(text);
    await groups.join(group);
  },
  say: async (text) => {
    const outcome = await groups.send(entered(), text).outcome;
    if (outcome.kind === 'failed') throw outcome.error;
  },
  history: async () => {
    const { items } = await groups.history(entered(), { before: '' });
    return items.flatMap(({ message: { system, text } }) => (system === undefined ? [text] : []));
  },
});

xmpp.start().then(
  () => showOnline(String(xmpp.jid)),
  (error: unknown) => show('troubles', String(error)),
);
