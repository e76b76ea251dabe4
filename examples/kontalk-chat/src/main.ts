#!/usr/bin/env node
import { createInterface } from 'node:readline';
import type { GroupKey } from '@xmpp-groups/core/kontalk';
import { openChat } from './chat.js';
import { obey, type Terminal } from './commands.js';
import { readOptions } from './options.js';
import { showEvents, spaced } from './show.js';

const options = readOptions(process.argv.slice(2), process.env);
const print = (line: string): void => console.log(line);
const complain = (error: unknown): void =>
  print(`! ${error instanceof Error ? error.message : String(error)}`);

let current: GroupKey | undefined;
const terminal: Terminal = {
  print,
  group: () => {
    if (current === undefined) throw new Error('no group yet: /create one, or /use one of /groups');
    return current;
  },
  select: (group) => {
    current = group;
  },
};

const chat = await openChat(options, complain);
showEvents(chat.groups, print, terminal.select);
await chat.start();
print(`${options.me} ${spaced(chat.keys.signer.fingerprint)}`);

const lines = createInterface({ input: process.stdin, terminal: false });
for await (const line of lines) {
  if (line.trim() === '/quit') break;
  await obey(chat, terminal, line).catch(complain);
}
await chat.stop();
// Otherwise the program waits for the other end of a pipe.
process.stdin.destroy();
