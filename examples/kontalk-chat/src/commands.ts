import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import type { Fingerprint, GroupKey, Standing } from '@xmpp-groups/core/kontalk';
import type { Chat } from './chat.js';
import { spaced } from './show.js';

/** The terminal of a chat. */
export interface Terminal {
  print(line: string): void;
  /** The group that is written to. */
  group(): GroupKey;
  select(group: GroupKey): void;
}

interface Command {
  /** What stands behind the command, for people. */
  readonly usage: string;
  run(chat: Chat, terminal: Terminal, rest: string): Promise<void>;
}

function jid(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text || 'nothing'} is no account: ${read.error.reason}`);
  return read.value;
}

/** `ann@example.org,ben@example.org and a text` */
function jidsAndText(rest: string): { readonly jids: readonly BareJid[]; readonly text: string } {
  const [names = '', ...words] = rest.split(' ');
  return { jids: names.split(',').map(jid), text: words.join(' ') };
}

const list = ({ keys }: Chat, { print }: Terminal, whose: BareJid): void => {
  const known = keys.keysOf(whose);
  if (known.length === 0) print(`no key of ${whose} is known`);
  for (const { fingerprint, standing } of known) print(`${whose} ${spaced(fingerprint)} ${standing}`);
};

/** The key of somebody that a person means: by its last digits, or the one that waits for his word. */
function meant(chat: Chat, whose: BareJid, digits: string): Fingerprint {
  const isMeant = ({ fingerprint, standing }: { fingerprint: Fingerprint; standing: Standing }): boolean =>
    digits === '' ? standing === 'unconfirmed' : fingerprint.endsWith(digits.toUpperCase());
  const [found, another] = chat.keys.keysOf(whose).filter(isMeant);
  if (found === undefined || another !== undefined)
    throw new Error(`say which key of ${whose}: its last digits`);
  return found.fingerprint;
}

async function judge(
  chat: Chat,
  terminal: Terminal,
  rest: string,
  standing: 'verified' | 'refused',
): Promise<void> {
  const [name = '', ...digits] = rest.split(' ');
  const whose = jid(name);
  await chat.keys.judge(whose, meant(chat, whose, digits.join('')), standing);
  list(chat, terminal, whose);
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'create',
    {
      usage: 'ACCOUNT,ACCOUNT... SUBJECT: a group of yours',
      run: async ({ groups }, { select, print }, rest) => {
        const { jids, text } = jidsAndText(rest);
        const { group } = await groups.create(text === '' ? undefined : text, jids);
        select(group);
        print(`[${text}] * you have created it`);
      },
    },
  ],
  [
    'add',
    {
      usage: 'ACCOUNT,ACCOUNT...',
      run: async ({ groups }, { group }, rest) => void (await groups.add(group(), jidsAndText(rest).jids)),
    },
  ],
  [
    'remove',
    {
      usage: 'ACCOUNT,ACCOUNT...',
      run: async ({ groups }, { group }, rest) => void (await groups.remove(group(), jidsAndText(rest).jids)),
    },
  ],
  [
    'subject',
    {
      usage: 'TEXT',
      run: async ({ groups }, { group }, rest) =>
        void (await groups.setSubject(group(), rest === '' ? undefined : rest)),
    },
  ],
  ['leave', { usage: '', run: async ({ groups }, { group }) => void (await groups.leave(group())) }],
  ['accept', { usage: 'the invitation', run: ({ groups }, { group }) => groups.accept(group()) }],
  [
    'decline',
    { usage: 'the invitation', run: async ({ groups }, { group }) => void (await groups.decline(group())) },
  ],
  [
    'groups',
    {
      usage: 'all groups, with their numbers',
      run: async ({ groups }, { print }) => {
        for (const [at, { subject, my, members }] of (await groups.list()).entries()) {
          print(`${at + 1} ${subject ?? '(no subject)'}: ${my}, ${members.length} members`);
        }
      },
    },
  ],
  [
    'use',
    {
      usage: 'NUMBER of the group that you write to',
      run: async ({ groups }, { select }, rest) => {
        const group = (await groups.list())[Number(rest) - 1];
        if (group === undefined) throw new Error('there is no such group: see /groups');
        select(group.group);
      },
    },
  ],
  [
    'members',
    {
      usage: '',
      run: async ({ groups }, { group, print }) => {
        for (const member of (await groups.group(group()))?.members ?? []) print(member);
      },
    },
  ],
  [
    'keys',
    {
      usage: '[ACCOUNT]: asks for keys, and shows their fingerprints, to be compared by another way',
      run: async (chat, terminal, rest) => {
        const whose = rest === '' ? chat.keys.signer.jid : jid(rest);
        await chat.keys.fetch(whose);
        list(chat, terminal, whose);
      },
    },
  ],
  [
    'confirm',
    {
      usage: 'ACCOUNT [LAST DIGITS]: the key is his',
      run: (chat, terminal, rest) => judge(chat, terminal, rest, 'verified'),
    },
  ],
  [
    'refuse',
    {
      usage: 'ACCOUNT [LAST DIGITS]: the key is not his',
      run: (chat, terminal, rest) => judge(chat, terminal, rest, 'refused'),
    },
  ],
  [
    'owner',
    {
      usage: 'LAST DIGITS: the owner of the group has this key now',
      run: async (chat, { group }, rest) => {
        const key = group();
        await chat.groups.confirmOwnerKey(key, meant(chat, key.owner, rest.replaceAll(' ', '')));
      },
    },
  ],
]);

/** Does what a line says: a command, or something to be said in the group. */
export async function obey(chat: Chat, terminal: Terminal, line: string): Promise<void> {
  if (line.trim() === '') return;
  if (!line.startsWith('/')) {
    await chat.groups.send(terminal.group(), line);
    return;
  }
  const [name = '', ...rest] = line.slice(1).trim().split(' ');
  const command = COMMANDS.get(name);
  if (command !== undefined) return command.run(chat, terminal, rest.join(' '));
  for (const [known, { usage }] of COMMANDS) terminal.print(`/${known} ${usage}`);
  terminal.print('/quit');
}
