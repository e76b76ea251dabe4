import { Command } from 'commander';
import { pino } from 'pino';
import type { Config } from '../config/load.js';
import { serverLink } from '../server-link.js';
import { type ConfigOptions, configFor, configOption } from './config-option.js';
import type { ExitCode, World } from './world.js';

export const checkCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('check')
    .description('check the configuration, connect to the server, and say what was found')
    .addOption(configOption())
    .action(async (options: ConfigOptions) => end(await check(options, world)));

const MEND = 'give the server one (XEP-0033), correct fanout.multicastService, or set fanout.way to auto';

/**
 * Writes one line for each thing that was looked at, and the problems of a configuration that cannot be used.
 * @returns 1 when groups could not be served like this
 */
async function check(options: ConfigOptions, world: World): Promise<ExitCode> {
  const config = configFor(options, world);
  if (config === undefined) return 1;
  world.out('ok: the configuration');
  return checkServer(config, world);
}

async function checkServer(config: Config, { out, ending }: World): Promise<ExitCode> {
  const { server, fanout, archive } = config;
  const log = pino({ enabled: false });
  const {
    link,
    server: where,
    chooseWay,
  } = serverLink(config, {
    retryFirst: false,
    serves: false,
    log,
  });
  const stop = (): void => void link.stop();
  ending.addEventListener('abort', stop);
  try {
    const started = await link.start();
    if (!started.ok) {
      out(`problem: ${server.kind}: ${started.error.sentence}`);
      return 1;
    }
    out(`ok: ${server.kind}: the server at ${where} accepts ${config.domain}`);
    const { way, reason } = await chooseWay();
    const wanted = fanout.way === 'multicast' || fanout.multicastService !== undefined;
    const isMissed = way.kind === 'splice' && fanout.way !== 'splice' && wanted;
    if (isMissed) out(`problem: fan-out: ${reason}, so copies go one by one; ${MEND}`);
    else if (way.kind === 'splice') out(`ok: fan-out: copies go one by one: ${reason}`);
    else if (way.kind === 'bridge') out(`ok: fan-out: ${reason}`);
    else out(`ok: fan-out: ${reason}, up to ${way.service.limit} in one stanza`);
    out(
      archive.hint
        ? "ok: archive hints: on; copies stay out of the members' own archives, the groups keep theirs"
        : "ok: archive hints: off; servers may keep each copy in each member's own archive, which costs them speed",
    );
    return isMissed ? 1 : 0;
  } finally {
    ending.removeEventListener('abort', stop);
    await link.stop();
  }
}
