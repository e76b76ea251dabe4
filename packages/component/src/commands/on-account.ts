import type { BareJid } from '@xmpp-groups/core/jid';
import { err, type Result } from '@xmpp-groups/core/result';
import type { Accounts } from '@xmpp-groups/storage';
import { accountNamed } from './account-name.js';
import { type ConfigOptions, storageConfigFor } from './config-option.js';
import { withAccounts } from './database.js';
import type { ExitCode, World } from './world.js';

/** What is done with an account. */
export interface Deed {
  /** What is said when the name is that of a group: the end of a sentence that begins with the JID. */
  readonly ofGroup: string;
  /** Does it; a sentence that says what was done, or why nothing was. `undefined`: the account is gone meanwhile. */
  act(jid: BareJid, accounts: Accounts): Promise<Result<string, string> | undefined>;
}

/** Does something with an account that an operator names and that must be there, and writes what became of it. */
export async function onAccount(
  name: string,
  options: ConfigOptions,
  world: World,
  { ofGroup, act }: Deed,
): Promise<ExitCode> {
  const tell = (outcome: Result<string, string>): ExitCode => {
    if (outcome.ok) world.out(outcome.value);
    else world.err(outcome.error);
    return outcome.ok ? 0 : 1;
  };
  const config = storageConfigFor(options, world);
  if (config === undefined) return 1;
  const jid = accountNamed(name, config);
  if (!jid.ok) return tell(jid);
  return withAccounts(config, false, world, async (accounts) => {
    const missing = err(`There is no account ${jid.value}`);
    if (await accounts.isGroup(jid.value)) return tell(err(`${jid.value} ${ofGroup}`));
    if ((await accounts.passwordOf(jid.value)) === undefined) return tell(missing);
    return tell((await act(jid.value, accounts)) ?? missing);
  });
}
