import type { Result } from '@xmpp-groups/core/result';
import { Option } from 'commander';
import { type AccountsConfig, type Config, loadConfig, loadStorageConfig } from '../config/load.js';
import type { World } from './world.js';

export interface ConfigOptions {
  readonly config?: string;
}

/** The option that all commands have. */
export const configOption = (): Option =>
  new Option('-c, --config <file>', 'the YAML file; not needed when the environment holds everything');

/** The configuration, or `undefined` after all problems have been written. */
export const configFor = ({ config: file }: ConfigOptions, world: World): Config | undefined =>
  told(loadConfig(file, world.environment), world);

/** The same for a command that works on the database alone. */
export const storageConfigFor = ({ config: file }: ConfigOptions, world: World): AccountsConfig | undefined =>
  told(loadStorageConfig(file, world.environment), world);

function told<T>(loaded: Result<T, readonly string[]>, world: World): T | undefined {
  if (loaded.ok) return loaded.value;
  for (const problem of loaded.error) world.err(problem);
  return undefined;
}
