import { type Connection, type Keyring, kontalkGroups } from '@xmpp-groups/client';
import type { BareJid } from '@xmpp-groups/core/jid';
import type { GroupKey } from '@xmpp-groups/core/kontalk';
import { bare, runChat, show } from './chat-page.js';

/** A group as the page calls it. */
const nameOf = ({ owner, id }: GroupKey): string => `${owner} ${id}`;

function keyOf(name: string): GroupKey {
  const [owner = '', id = ''] = name.split(' ');
  return { owner: bare(owner), id };
}

/**
 * One Kontalk group on the page.
 * @param keyring without it everything is in clear
 */
export function runKontalk(connection: Connection, me: BareJid, keyring?: Keyring): void {
  const groups = kontalkGroups(connection, {
    account: me,
    ...(keyring === undefined ? {} : { keyring }),
  });
  let group: GroupKey | undefined;

  groups.on('fault', ({ error }) => show('troubles', String(error)));
  groups.on('warning', ({ kind }) => show('troubles', kind));
  groups.on('invited', (event) => show('invitations', nameOf(event.group)));
  groups.on('message', ({ from, text, encrypted }) =>
    show('messages', `${from.split('@')[0]}: ${text}${encrypted ? ' (encrypted)' : ''}`),
  );

  runChat({
    create: async (members) => {
      const sending = await groups.create('Verona', members.split(' ').map(bare));
      await sending.outcome;
      group = sending.group;
      return nameOf(group);
    },
    join: async (name) => {
      group = keyOf(name);
      await groups.accept(group);
    },
    say: async (text) => {
      if (group === undefined) throw new Error('no group yet');
      const sending = await groups.send(group, text);
      await sending.outcome;
      show('messages', `I: ${text}`);
    },
  });
}
