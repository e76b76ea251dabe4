import { Option } from 'commander';
import { type Config, loadConfig } from '../config/load.js';
import type { World } from './world.js';

export interface ConfigOptions {
  readonly config?: string;
}

/** The option that all commands have. */
export const configOption = (): Option =>
  new Option('-c, --config <file>', 'the YAML file; not needed when the environment holds everything');

/** The configuration, or `undefined` after all problems have been written. */
export function configFor({ config: file }: ConfigOptions, world: World): Config | undefined {
  const loaded = loadConfig(file, world.environment);
  if (loaded.ok) return loaded.value;
  for (const problem of loaded.error) world.err(problem);
  return undefined;
}
