import { setTimeout as pause } from 'node:timers/promises';
import { memoryMiB } from '../memory.js';
import { SOLO_DOMAIN, type Solo, soloMessage, startSolo } from '../solo.js';
import type { Heard } from '../stanza-reader.js';
import { type Ledger, ledgerOf } from './ledger.js';
import { probeOf } from './probe.js';

/** What became of a group that was burdened, and of another one meanwhile. */
export interface Trial {
  readonly title: string;
  readonly messages: number;
  readonly echoed: number;
  readonly refused: ReadonlyMap<string, number>;
  /** MiB of the daemon before, at most, and 3 seconds after. */
  readonly memory: { readonly before: number; readonly most: number; readonly after: number };
  /** Milliseconds until the echo of somebody in a quiet group, before and during the burden. */
  readonly quiet: { readonly before: readonly number[]; readonly during: readonly number[] };
  readonly faults: readonly string[];
}

const PROBES = 100;
const PROBE_FIRST = 5_000_000;
const QUIET = `quiet@${SOLO_DOMAIN}`;
const LOUD = `loud@${SOLO_DOMAIN}`;
const SENDER = 'member00000@localhost';

const members = (count: number): string[] =>
  Array.from({ length: count }, (_, place) => `member${String(place).padStart(5, '0')}@localhost`);

const silence = (messages: number): string[] =>
  messages === 0 ? [] : [`${messages} messages to the quiet group brought no answer within a minute`];

/** Starts a daemon with a quiet group and a loud one, and does something to the loud one. */
async function trial(
  title: string,
  size: number,
  messages: number,
  profile: string | undefined,
  burden: (solo: Solo, ledger: Ledger, hear: (listen: (stanza: Heard) => void) => void) => Promise<void>,
): Promise<Trial> {
  const ledger = ledgerOf(1, size - 1);
  let listener: (stanza: Heard) => void = () => undefined;
  const probe = probeOf(() => solo, QUIET, SENDER, PROBE_FIRST);
  const solo: Solo = await startSolo({
    groups: [
      { jid: QUIET, members: members(3) },
      { jid: LOUD, members: members(size) },
    ],
    profile,
    heard: (stanza) => {
      if (stanza.number !== undefined && stanza.number >= PROBE_FIRST) probe.hear(stanza);
      else ledger.hear(stanza);
      listener(stanza);
    },
  });
  try {
    await probe.times(PROBES);
    const before = await probe.times(PROBES);
    const memoryBefore = memoryMiB(solo.daemon.pid).now;
    const burdened = burden(solo, ledger, (listen) => {
      listener = listen;
    });
    const [during] = await Promise.all([probe.timesUntil(burdened), burdened]);
    await pause(3_000);
    const { now, most } = memoryMiB(solo.daemon.pid);
    return {
      title,
      messages,
      echoed: ledger.echoed(),
      refused: ledger.refused(),
      memory: { before: memoryBefore, most, after: now },
      quiet: { before, during },
      faults: [...ledger.faults(messages), ...silence(probe.unanswered())].map(
        (fault) => `${title}: ${fault}`,
      ),
    };
  } finally {
    await solo.stop();
  }
}

const textOf = (from: number, to: number): string => {
  let text = '';
  for (let number = from; number <= to; number += 1) text += soloMessage(LOUD, SENDER, number);
  return text;
};

const TICK_MS = 10;

/** Sends messages at a rate, whether they are taken or not. */
async function pour(solo: Solo, messages: number, perSecond: number): Promise<void> {
  const started = performance.now();
  for (let sent = 0; sent < messages; ) {
    const due = Math.min(messages, Math.floor(((performance.now() - started) / 1000) * perSecond));
    if (due > sent) await solo.server.send(textOf(sent + 1, due));
    sent = Math.max(sent, due);
    await pause(TICK_MS);
  }
}

const FLOOD = 30_000;
/** More than any daemon decides, and less than what the connection would hold back by itself. */
const FLOOD_RATE = 5_000;

/** One member sends far more than can be archived. */
export const flood = (profile: string | undefined): Promise<Trial> =>
  trial(
    `one member sends ${FLOOD_RATE.toLocaleString('en-US')} a second to a group of 3`,
    3,
    FLOOD,
    profile,
    async (solo, ledger) => {
      await pour(solo, FLOOD, FLOOD_RATE);
      await ledger.settled(FLOOD);
    },
  );

const STALLED = 3_000;
const LOOK_MS = 100;
const STALL_LIMIT_MS = 30_000;

/** How many messages the daemon has read. */
async function messagesRead(solo: Solo): Promise<number> {
  const line = /^xmpp_groups_stanzas_in_total\{kind="message"\} (\d+)$/m.exec(await solo.daemon.metrics());
  return Number(line?.[1] ?? 0);
}

/** The server takes nothing any more, and goes on sending; when the daemon has read all of it, it reads again. */
export const stalledServer = (profile: string | undefined): Promise<Trial> =>
  trial('the server stops reading, group of 300', 300, STALLED, profile, async (solo, ledger) => {
    const before = await messagesRead(solo);
    const limit = AbortSignal.timeout(STALL_LIMIT_MS);
    solo.server.pause();
    await solo.server.send(textOf(1, STALLED));
    while ((await messagesRead(solo)) < before + STALLED && !limit.aborted) await pause(LOOK_MS);
    solo.server.resume();
    await ledger.settled(STALLED);
  });

const LARGE = 50_000;
const LISTS = 10;

/** A group of 50,000: its list of members is asked for, and a message is sent to all. */
export const largeGroup = (profile: string | undefined): Promise<Trial> =>
  trial(
    `a group of ${LARGE.toLocaleString('en-US')}: ${LISTS} lists of members, a message`,
    LARGE,
    1,
    profile,
    async (solo, ledger, hear) => {
      let lists = 0;
      const listed = new Promise<void>((resolve) => {
        hear(({ kind, number }) => {
          if (kind !== 'other' || number !== undefined) return;
          lists += 1;
          if (lists === LISTS) resolve();
        });
      });
      for (let list = 1; list <= LISTS; list += 1) {
        await solo.server.send(
          `<iq from='${SENDER}/bench' to='${LOUD}' type='get' id='list-${list}'>` +
            `<query xmlns='https://xabber.com/protocol/groups#members' version='0'/></iq>`,
        );
      }
      await listed;
      await solo.post(LOUD, SENDER, 1);
      await ledger.settled(1);
    },
  );
