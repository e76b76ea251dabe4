import { Command } from 'commander';
import { serve } from '../daemon.js';
import { type ConfigOptions, configFor, configOption } from './config-option.js';
import type { ExitCode, World } from './world.js';

export const serveCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('serve')
    .description('serve groups, in the foreground, until SIGTERM or SIGINT')
    .addOption(configOption())
    .action(async (options: ConfigOptions) => {
      const config = configFor(options, world);
      end(config === undefined ? 1 : await serve(config, world.ending));
    });
