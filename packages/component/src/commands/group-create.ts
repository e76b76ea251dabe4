import { localpartOf, parseBareJid } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { create, decide, type GroupCommand, isLasting, type Store } from '@xmpp-groups/core/xabber';
import { NS, parse, serialise, xml } from '@xmpp-groups/core/xml';
import { Command, Option } from 'commander';
import type { StorageConfig } from '../config/load.js';
import { environmentOf } from '../engine/environment.js';
import { groupJid } from '../engine/group-jid.js';
import { hostOf } from '../host.js';
import { type ConfigOptions, configOption } from './config-option.js';
import { withDatabase } from './database.js';
import type { ExitCode, World } from './world.js';

/** What the request for a group may say, under the same names. */
const FIELDS = ['name', 'description', 'privacy', 'membership', 'index'] as const;

interface CreateOptions extends ConfigOptions, Partial<Record<(typeof FIELDS)[number], string>> {
  readonly owner: string;
}

export const createCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('create')
    .description('create a group for somebody, also where groups.allowCreation does not let him')
    .argument('<localpart>', 'what stands before the @ in the JID of the group')
    .requiredOption('--owner <jid>', 'the bare JID of the owner')
    .option('--name <text>', 'the name that people see; default: the localpart')
    .option('--description <text>', 'what the group is for')
    .addOption(choice('--privacy <kind>', 'whether members see the JIDs of others', ['public', 'incognito']))
    .addOption(choice('--membership <kind>', 'who may join', ['open', 'member-only']))
    .addOption(choice('--index <kind>', 'who finds the group in a listing', ['none', 'local', 'global']))
    .addOption(configOption())
    .action(async (localpart: string, options: CreateOptions) =>
      end(
        await withDatabase(options, true, world, async (store, config) => {
          const created = await createGroup(localpart, options, store, config);
          if (!created.ok) {
            world.err(created.error);
            return 1;
          }
          world.out(
            `Created ${created.value}. ${options.owner} is its owner and joins by adding it as a contact;`,
          );
          world.out('no invitation was sent.');
          return 0;
        }),
      ),
    );

const choice = (flags: string, about: string, values: readonly [string, ...string[]]): Option =>
  new Option(flags, `${about}; ${values[0] === 'none' ? 'default: local' : `default: ${values[0]}`}`).choices(
    values,
  );

/**
 * Creates a group by the same decision, and so with the same events, as a request over XMPP.
 * @returns its JID, or one sentence that says why it was not created
 */
async function createGroup(
  localpart: string,
  options: CreateOptions,
  store: Store,
  config: StorageConfig,
): Promise<Result<string, string>> {
  const jid = groupJid(localpart, config.component.domain);
  if (!jid.ok) return jid;
  const command = commandOf(options);
  if (!command.ok) return command;
  // Who may write to the database may create groups, for whomever he likes.
  const env = environmentOf({ ...hostOf(config), mayCreate: () => true });
  const stored = await store.load(jid.value);
  const { refused, events } = decide(stored?.group, jid.value, command.value, {}, env);
  if (refused !== undefined) return err(refused.text);
  const dated = events.map((event) => ({ ...event, at: env.now })).filter(isLasting);
  const [outcome] = await store.commit([{ group: jid.value, revision: 0, events: dated }]);
  return outcome === 'conflict' ? err(`${jid.value} exists already`) : ok(jid.value);
}

/** The options as if they had come in a request: read by the same declaration, within the same limits. */
function commandOf(options: CreateOptions): Result<GroupCommand, string> {
  const owner = parseBareJid(options.owner);
  if (!owner.ok)
    return err(`--owner: ${JSON.stringify(options.owner)} is no bare JID: ${owner.error.reason}`);
  if (localpartOf(owner.value) === undefined) {
    return err(`--owner: ${owner.value} is a server; give the JID of a user, such as romeo@example.com`);
  }
  const children = FIELDS.map((field) => {
    const value = options[field];
    return value === undefined ? undefined : xml(field, {}, [value]);
  });
  const request = parse(serialise(xml('query', { xmlns: NS.groupsCreate }, children)));
  const read = request.ok ? create.parse(request.value) : request;
  if (!read.ok) return err(`${read.error.path.replace(/^query\//, '--')}: ${read.error.reason}`);
  return ok({ kind: 'create', from: owner.value, options: read.value });
}
