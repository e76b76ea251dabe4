import { Command } from 'commander';
import { eraseCommand } from './member-erase.js';
import type { ExitCode, World } from './world.js';

const ABOUT = `
For accounts that are gone, where the server cannot tell the daemon. The command works on the database that storage.url
names, also while the daemon runs; it may be run again.`;

export function memberCommand(world: World, end: (code: ExitCode) => void): Command {
  return new Command('member')
    .description('erase members from all groups')
    .addHelpText('after', ABOUT)
    .addCommand(eraseCommand(world, end));
}
