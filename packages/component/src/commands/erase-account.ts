import { setTimeout } from 'node:timers/promises';
import type { BareJid } from '@xmpp-groups/core/jid';
import { domainOf } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { Store } from '@xmpp-groups/core/xabber';
import { pino } from 'pino';
import type { StorageConfig } from '../config/load.js';
import { createBatch } from '../engine/batch.js';
import { environmentOf } from '../engine/environment.js';
import { createErasures } from '../engine/erasures.js';
import { createMailboxes } from '../engine/mailboxes.js';
import { hostOf } from '../host.js';

/** The groups of the configured domain that know somebody. */
export const groupsKnowing = async (store: Store, config: StorageConfig, jid: BareJid): Promise<BareJid[]> =>
  (await store.groupsOf(jid)).filter((group) => domainOf(group) === config.domain);

/**
 * Takes an account that is gone out of all groups, by the same decisions as a daemon that hears of it, but nobody is
 * told. Whatever a daemon has decided meanwhile stays: each commit names what it stands on.
 * @returns in how many groups it was, or one sentence that says why it could not be done
 */
export async function eraseAccount(
  store: Store,
  config: StorageConfig,
  jid: BareJid,
): Promise<Result<number, string>> {
  const groups = await groupsKnowing(store, config, jid);
  let failure: string | undefined;
  const fail = (error: unknown): void => {
    failure = error instanceof Error ? error.message : String(error);
    void erasures.stop();
  };
  const host = hostOf(config);
  const mailboxes = createMailboxes({
    store,
    batch: createBatch(store, { committed: () => undefined, failed: fail, fault: fail }),
    log: pino({ enabled: false }),
    environment: () => environmentOf(host),
    send: () => undefined,
    list: (_notice, task) => task.finished?.(),
    ask: () => undefined,
    tell: (group, task) => mailboxes.of(group).put(task),
    mayExplain: () => false,
    isNews: () => false,
    // A daemon may run beside this.
    isShared: () => true,
    wait: (ms) => setTimeout(ms),
    pageTurn: async () => undefined,
  });
  const erasures = createErasures({
    store,
    domain: host.domain,
    log: pino({ enabled: false }),
    put: (group, task) => mailboxes.of(group).put(task),
  });
  const isDone = await erasures.erase(jid);
  await mailboxes.idle();
  return isDone ? ok(groups.length) : err(failure ?? 'it was stopped');
}

/** What an operator reads when it is done. */
export const erasedSentence = (jid: BareJid, groups: number): string =>
  groups === 0
    ? `No group knows ${jid}.`
    : `Erased ${jid} from ${groups === 1 ? '1 group' : `${groups} groups`}. ` +
      'Members see it when their clients ask for the list of members again.';
