import { Command } from 'commander';
import { addCommand } from './account-add.js';
import { listAccountsCommand } from './account-list.js';
import { passwdCommand } from './account-passwd.js';
import { removeCommand } from './account-remove.js';
import type { ExitCode, World } from './world.js';

const ABOUT = `
These are the accounts that "xmpp-groups extauth" answers for when extauth.accounts is store. The commands work on the
database that storage.url names, also while the daemon and the server run.`;

export function accountCommand(world: World, end: (code: ExitCode) => void): Command {
  const account = new Command('account')
    .description('list, add and remove accounts for external authentication')
    .addHelpText('after', ABOUT);
  for (const make of [listAccountsCommand, addCommand, passwdCommand, removeCommand]) {
    account.addCommand(make(world, end));
  }
  return account;
}
