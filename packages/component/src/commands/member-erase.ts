import { localpartOf, parseBareJid } from '@xmpp-groups/core/jid';
import { Command } from 'commander';
import { type ConfigOptions, configOption } from './config-option.js';
import { withDatabase } from './database.js';
import { eraseAccount, erasedSentence, groupsKnowing } from './erase-account.js';
import type { ExitCode, World } from './world.js';

interface EraseOptions extends ConfigOptions {
  readonly yes?: boolean;
}

export const eraseCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('erase')
    .description('take an account out of all groups, with all that tells whose it was')
    .argument('<jid>', 'the bare JID of the account')
    .option('-y, --yes', 'do not ask')
    .addOption(configOption())
    .action(async (name: string, options: EraseOptions) => {
      if (!options.yes && world.ask === undefined) {
        world.err('There is no terminal to ask on; give --yes to erase the account without being asked');
        end(2);
        return;
      }
      end(await erase(name, options, world));
    });

async function erase(name: string, options: EraseOptions, world: World): Promise<ExitCode> {
  const jid = parseBareJid(name);
  if (!jid.ok || localpartOf(jid.value) === undefined) {
    world.err(`${JSON.stringify(name)} is no bare JID of an account; give one such as romeo@example.com`);
    return 1;
  }
  return withDatabase(options, false, world, async (store, config) => {
    const { length } = await groupsKnowing(store, config, jid.value);
    if (length > 0 && !options.yes) {
      const question = `Erase ${jid.value} from ${length === 1 ? '1 group' : `${length} groups`} for ever?`;
      if (!(await world.ask?.(question))) {
        world.err('Nothing was erased.');
        return 1;
      }
    }
    const erased = await eraseAccount(store, config, jid.value);
    if (erased.ok) world.out(erasedSentence(jid.value, erased.value));
    else world.err(`Not everything was erased: ${erased.error}. Run it again.`);
    return erased.ok ? 0 : 1;
  });
}
