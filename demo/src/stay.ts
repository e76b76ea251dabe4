import { mkdirSync } from 'node:fs';
import { prepareAccounts, prepareGroup } from './accounts.js';
import { guide } from './guide.js';
import { occupy } from './only-one.js';
import { usualPlaces } from './places.js';
import { type Service, startService, type Way } from './service.js';

/** How often the processes are looked after, in milliseconds. */
const LOOK = 500;

/**
 * Runs a server with groups until `ending` is aborted.
 * @param folder where everything is kept from one run to the next
 * @returns what went wrong, `undefined` when nothing did
 */
export async function stay(
  folder: string,
  way: Way,
  ending: AbortSignal,
  say: (line: string) => void,
): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  const free = await occupy(folder);
  if (typeof free === 'number') {
    return `npm start is running in this folder already (process ${free}); end that one with Ctrl-C first.`;
  }
  try {
    say('Starting ejabberd and the component');
    return await run(folder, way, ending, say);
  } finally {
    await free();
  }
}

async function run(
  folder: string,
  way: Way,
  ending: AbortSignal,
  say: (line: string) => void,
): Promise<string | undefined> {
  const service = await startService(folder, await usualPlaces(say), way);
  const { server } = service;
  let problem: string | undefined;
  try {
    if (!ending.aborted) {
      await prepareAccounts(server);
      say(guide(service, await prepareGroup(server), folder));
    }
    problem = await endOf(service, ending);
    say(problem === undefined ? 'Stopping' : 'Stopping what is left');
  } finally {
    const trouble = await service.stop();
    problem ??= trouble;
  }
  return problem;
}

/** Resolves when it is to end: with `undefined`, or, when one of the processes was gone before, with the reason. */
function endOf(service: Service, ending: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const settle = (problem: string | undefined): void => {
      clearInterval(timer);
      ending.removeEventListener('abort', asked);
      resolve(problem);
    };
    const asked = (): void => settle(undefined);
    const timer = setInterval(() => {
      const problem = service.death();
      if (problem !== undefined) settle(problem);
    }, LOOK);
    if (ending.aborted) asked();
    else ending.addEventListener('abort', asked);
  });
}
