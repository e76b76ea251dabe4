import { Command } from 'commander';
import { type ConfigOptions, configOption } from './config-option.js';
import { groupNamed, withDatabase } from './database.js';
import { printable } from './printable.js';
import type { ExitCode, World } from './world.js';

interface DeleteOptions extends ConfigOptions {
  readonly yes?: boolean;
}

export const deleteCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('delete')
    .description('delete a group with its members and its archive')
    .argument('<group>', 'the JID of the group, or its localpart alone')
    .option('-y, --yes', 'do not ask')
    .addOption(configOption())
    .action(async (name: string, options: DeleteOptions) => {
      const { ask } = world;
      if (!options.yes && ask === undefined) {
        world.err('There is no terminal to ask on; give --yes to delete the group without being asked');
        end(2);
        return;
      }
      end(
        await withDatabase(options, false, world, async (store, config) => {
          const jid = groupNamed(name, config);
          const stored = jid.ok ? await store.load(jid.value) : undefined;
          if (!jid.ok || stored === undefined) {
            world.err(jid.ok ? `There is no group ${jid.value}` : jid.error);
            return 1;
          }
          const { size, properties } = stored.group;
          const members = size === 1 ? '1 member' : `${size} members`;
          const what = `${jid.value} ("${printable(properties.name)}", ${members})`;
          if (!options.yes && !(await ask?.(`Delete ${what} and its archive for ever?`))) {
            world.err('Nothing was deleted.');
            return 1;
          }
          if (!(await store.remove(jid.value))) {
            world.err(`${jid.value} was deleted by somebody else meanwhile`);
            return 1;
          }
          world.out(`Deleted ${what}. It stays in the contact lists of its members.`);
          return 0;
        }),
      );
    });
