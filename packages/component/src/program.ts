import { Command, CommanderError } from 'commander';
import { accountCommand } from './commands/account.js';
import { checkCommand } from './commands/check.js';
import { extauthCommand } from './commands/extauth.js';
import { groupCommand } from './commands/group.js';
import { memberCommand } from './commands/member.js';
import { serveCommand } from './commands/serve.js';
import type { ExitCode, World } from './commands/world.js';
import { VERSION } from './version.js';

const EXIT_CODES = `
Exit codes: 0 all is well, 1 there is a problem, 2 wrong usage.`;

/**
 * Runs the command line `args`, the name of the program left out.
 * @returns the exit code for the process
 */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = 0;
  const end = (ended: ExitCode): void => {
    code = ended;
  };
  const program = new Command('xmpp-groups')
    .description('Hosts Xabber groups beside any XMPP server, as a component (XEP-0114).')
    .version(VERSION, '-V, --version')
    .addHelpText('after', EXIT_CODES)
    .configureOutput({
      writeOut: (text) => world.out(text.trimEnd()),
      writeErr: (text) => world.err(text.trimEnd()),
    })
    .exitOverride();
  for (const make of [
    serveCommand,
    checkCommand,
    groupCommand,
    memberCommand,
    accountCommand,
    extauthCommand,
  ]) {
    program.addCommand(inheriting(make(world, end), program));
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}

/** commander hands settings on only to commands that it makes itself. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const sub of command.commands) inheriting(sub, command);
  return command;
}
