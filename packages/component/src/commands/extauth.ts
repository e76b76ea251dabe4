import { Command } from 'commander';
import { serveExtauth } from '../extauth/serve.js';
import { type ConfigOptions, configOption, storageConfigFor } from './config-option.js';
import { faultOf } from './database.js';
import type { ExitCode, World } from './world.js';

const ABOUT = `
ejabberd starts this program itself (extauth_program), and speaks to it on standard input and output. It ends when
its input does. docs/external-authentication.md says how to set it up.`;

export const extauthCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('extauth')
    .description("answer ejabberd's questions about accounts (external authentication)")
    .addOption(configOption())
    .addHelpText('after', ABOUT)
    .action(async (options: ConfigOptions) => end(await extauth(options, world)));

async function extauth(options: ConfigOptions, world: World): Promise<ExitCode> {
  const config = storageConfigFor(options, world);
  if (config === undefined) return 1;
  if (config.extauth.hosts.length === 0) {
    world.err(
      'extauth.hosts: is missing; give the domains of the users of the server, such as [example.com]',
    );
    return 1;
  }
  if (config.storage.url === 'memory:') {
    world.err(`storage.url: ${faultOf(config.storage.url, false)}`);
    return 1;
  }
  const served = await serveExtauth(config, world, () => faultOf(config.storage.url, false));
  if (served.ok) return served.value;
  world.err(served.error);
  return 1;
}
