import { existsSync } from 'node:fs';
import type { BareJid } from '@xmpp-groups/core/jid';
import { parseBareJid } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { Store } from '@xmpp-groups/core/xabber';
import { type Accounts, openAccounts, openStore, StoreError } from '@xmpp-groups/storage';
import type { AccountsConfig, StorageConfig } from '../config/load.js';
import { groupJid } from '../engine/group-jid.js';
import { type ConfigOptions, storageConfigFor } from './config-option.js';
import type { ExitCode, World } from './world.js';

/** A command's work on an open database. */
export type Work = (store: Store, config: StorageConfig) => Promise<ExitCode>;

/**
 * Opens the database of the configuration for `work`, and closes it afterwards. What is wrong with the
 * configuration or the database is written.
 * @param mayBeNew whether a database that is not there is made; otherwise that is a problem
 */
export async function withDatabase(
  options: ConfigOptions,
  mayBeNew: boolean,
  world: World,
  work: Work,
): Promise<ExitCode> {
  const config = storageConfigFor(options, world);
  return config === undefined ? 1 : withOpened(openStore, config, mayBeNew, world, work);
}

/** The same with the accounts in the database. */
export async function withAccounts(
  config: AccountsConfig,
  mayBeNew: boolean,
  world: World,
  work: (accounts: Accounts) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withOpened(openAccounts, config, mayBeNew, world, work);
}

async function withOpened<Opened extends { close(): Promise<void> }, Config extends StorageConfig>(
  open: (url: string) => Promise<Opened>,
  config: Config,
  mayBeNew: boolean,
  world: World,
  work: (opened: Opened, config: Config) => Promise<ExitCode>,
): Promise<ExitCode> {
  const fault = faultOf(config.storage.url, mayBeNew);
  if (fault !== undefined) {
    world.err(`storage.url: ${fault}`);
    return 1;
  }
  try {
    const opened = await open(config.storage.url);
    try {
      return await work(opened, config);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    world.err(`storage.url: ${error.message}`);
    return 1;
  }
}

/** What is wrong with the address of a database before it is opened, as one sentence. */
export function faultOf(url: string, mayBeNew: boolean): string | undefined {
  if (url === 'memory:') {
    return 'memory: is gone with the process that uses it; give the address of a database, such as sqlite:./data/groups.db';
  }
  const file = url.replace(/^sqlite:/, '');
  // Opening it would make it, and an address with a slip of the pen would look like a host without groups.
  if (!mayBeNew && !existsSync(file)) {
    return `there is no database at ${file}; correct the path, which is relative to the working directory`;
  }
  return undefined;
}

/**
 * The group that an operator names by its JID, or by its localpart alone.
 * @returns its JID, or one sentence that says why there can be none
 */
export function groupNamed(name: string, { domain }: StorageConfig): Result<BareJid, string> {
  if (!name.includes('@')) return groupJid(name, domain);
  const jid = parseBareJid(name);
  return jid.ok ? ok(jid.value) : err(`${JSON.stringify(name)} is no bare JID: ${jid.error.reason}`);
}
