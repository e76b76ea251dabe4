import { Command } from 'commander';
import { createCommand } from './group-create.js';
import { deleteCommand } from './group-delete.js';
import { listCommand } from './group-list.js';
import { showCommand } from './group-show.js';
import type { ExitCode, World } from './world.js';

const ABOUT = `
These commands work on the database that storage.url names, also while the daemon runs. They need no
connection and no secret. Run them as the user of the daemon, in its working directory.`;

export function groupCommand(world: World, end: (code: ExitCode) => void): Command {
  const group = new Command('group')
    .description('list, show, create and delete groups in the database')
    .addHelpText('after', ABOUT);
  for (const make of [listCommand, showCommand, createCommand, deleteCommand]) {
    group.addCommand(make(world, end));
  }
  return group;
}
