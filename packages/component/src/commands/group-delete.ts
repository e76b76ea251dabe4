import type { Group, Store } from '@xmpp-groups/core/xabber';
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
          const chats = await deletedChats(store, stored.group);
          world.out(`Deleted ${what}. It stays in the contact lists of its members.`);
          if (chats > 0) world.out(`Deleted ${chats} of its private chats.`);
          return 0;
        }),
      );
    });

/** Deletes the private chats of a group that is gone; how many there were. A daemon that starts would end the rest. */
async function deletedChats(store: Store, { jid, privateChats }: Group): Promise<number> {
  let deleted = 0;
  for (const chat of privateChats.values()) {
    const stored = await store.load(chat);
    if (stored?.group.parent === jid && (await store.remove(chat))) deleted += 1;
  }
  return deleted;
}
