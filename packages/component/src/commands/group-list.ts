import type { GroupSummary } from '@xmpp-groups/core/xabber';
import { Command } from 'commander';
import { type ConfigOptions, configOption } from './config-option.js';
import { withDatabase } from './database.js';
import { printableJson, table } from './printable.js';
import type { ExitCode, World } from './world.js';

interface ListOptions extends ConfigOptions {
  readonly json?: boolean;
}

export const listCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('list')
    .description('list all groups')
    .addOption(configOption())
    .option('--json', 'write JSON: a list of objects')
    .action(async (options: ListOptions) =>
      end(
        await withDatabase(options, false, world, async (store) => {
          const groups = await store.allGroups();
          const lines = options.json ? [printableJson(groups.map(entryOf))] : tableOf(groups);
          for (const line of lines) world.out(line);
          return 0;
        }),
      ),
    );

const entryOf = ({ jid, size, properties: { name, privacy, membership, index } }: GroupSummary) => ({
  jid,
  name,
  members: size,
  privacy,
  membership,
  index,
});

function tableOf(groups: readonly GroupSummary[]): string[] {
  if (groups.length === 0) return ['There are no groups.'];
  const entries = groups.map(entryOf);
  return table(
    ['JID', 'NAME', 'MEMBERS', 'PRIVACY', 'MEMBERSHIP', 'INDEX'],
    entries.map((entry) => Object.values(entry).map(String)),
  );
}
