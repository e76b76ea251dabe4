import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareAccounts } from './accounts.js';
import { castOn } from './cast.js';
import { converse } from './conversation.js';
import { anyPlaces } from './places.js';
import { type Service, startService, type Way } from './service.js';
import { check, createTranscript } from './transcript.js';

/**
 * Plays a conversation on a server of its own, which is gone afterwards, and prints it.
 * @returns what did not happen as it must, `undefined` when everything did
 */
export async function play(
  way: Way,
  ending: AbortSignal,
  say: (line: string) => void,
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-demo-'));
  try {
    say('Starting ejabberd and the component');
    return await tell(await startService(folder, await anyPlaces(), way), ending, say);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the component's log says of the way that copies take, and what a reader should know of it. */
const CARRIED: Readonly<Record<Way, { readonly log: string; readonly note: string }>> = {
  component: { log: 'copies go by multicast', note: 'XEP-0033' },
  'in-server': { log: 'copies go by bridge', note: 'mod_xmpp_groups' },
};

const INTERRUPTED = 'Interrupted before the conversation was over.';

async function tell(
  service: Service,
  ending: AbortSignal,
  say: (line: string) => void,
): Promise<string | undefined> {
  const { server, component } = service;
  const cast = castOn(server);
  const transcript = createTranscript(say);
  let problem: string | undefined;
  try {
    await prepareAccounts(server);
    ending.throwIfAborted();
    await Promise.race([converse(cast, transcript), aborted(ending)]);
    const { log, note } = CARRIED[service.way];
    check(component.log().includes(log), 'ejabberd takes one stanza for many members');
    transcript.notes(`the copies went to ejabberd as one stanza with a list of members each (${note})`);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    problem = ending.aborted ? INTERRUPTED : (service.death() ?? problem);
  } finally {
    await cast.leave();
    const trouble = await service.stop();
    problem ??= trouble;
  }
  if (problem === undefined) say('\nEverything happened as it must.');
  return problem;
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(new Error(INTERRUPTED));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
