import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seedGroups } from '@xmpp-groups/harness';
import { markScanner } from '../mark.js';
import { SOLO_DOMAIN, soloMessage } from '../solo.js';
import { percentile } from '../statistics.js';
import { type ArchiveDaemon, startArchiveDaemon } from './daemon.js';

/** Live messages before and while many clients read the whole archive of the same group. */
export interface CatchUpMeasurement {
  readonly clients: number;
  readonly archived: number;
  readonly pagesPerSecond: number;
  /** Milliseconds from a message to its last copy. */
  readonly before: { readonly p50: number; readonly p99: number };
  readonly during: { readonly p50: number; readonly p99: number; readonly messages: number };
  /** Copies that did not come, and clients that did not get all. */
  readonly missing: number;
  readonly unfinished: number;
}

const GROUP = `catch-up@${SOLO_DOMAIN}`;
const CLIENTS = 100;
const ARCHIVED = 600;
/** Milliseconds from one live message to the next. */
const LIVE_EVERY = 40;
const LIVE_BEFORE = 300;
const STALL_MS = 15_000;

const userName = (place: number): string => `user${String(place).padStart(3, '0')}@localhost`;

export async function measureCatchUp(profile: string | undefined): Promise<CatchUpMeasurement> {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const users = Array.from({ length: CLIENTS }, (_, place) => userName(place));
  const storageUrl = `sqlite:${join(folder, 'groups.db')}`;
  await seedGroups(storageUrl, [{ jid: GROUP, members: users }]);

  const copies = liveCopies(CLIENTS);
  const { scan } = markScanner(copies.copied);
  const archive = await startArchiveDaemon({ storageUrl, profile, received: scan });
  try {
    const send = (number: number) => archive.send(soloMessage(GROUP, userName(number % CLIENTS), number));
    for (let number = 0; number < ARCHIVED; number += 1) {
      copies.sent(number);
      await send(number);
      if (number % 50 === 49) await copies.all();
    }
    await copies.all();
    await pause(500);
    let next = ARCHIVED;
    const live = async (goesOn: () => boolean): Promise<readonly number[]> => {
      const from = next;
      for (let due = performance.now(); goesOn(); due += LIVE_EVERY) {
        copies.sent(next);
        await send(next);
        next += 1;
        await pause(Math.max(0, due + LIVE_EVERY - performance.now()));
      }
      await copies.all();
      return copies.latencies(from, next);
    };
    const warm = next + 100;
    await live(() => next < warm);
    const last = next + LIVE_BEFORE;
    const before = await live(() => next < last);

    const end = new Date().toISOString();
    // What is in the pages is no copy of a live message.
    copies.firstLive(next);
    await pause(1_100);
    const started = performance.now();
    let seconds = 0;
    let reading = true;
    // As many live messages as before, or their slowest hundredth would be another share of them.
    const enough = next + LIVE_BEFORE;
    const readOn = async (user: string): Promise<number> => {
      let all = 0;
      do {
        const pages = await readAll(archive, user, end);
        if (pages === 0) return 0;
        all += pages;
      } while (next < enough);
      return all;
    };
    const read = Promise.all(users.map(readOn)).then((pages) => {
      reading = false;
      seconds = (performance.now() - started) / 1000;
      return pages;
    });
    const during = await live(() => reading);
    const pages = await read;
    return {
      clients: CLIENTS,
      archived: ARCHIVED + 100 + LIVE_BEFORE,
      pagesPerSecond: pages.reduce((sum, count) => sum + count, 0) / seconds,
      before: { p50: percentile(before, 0.5), p99: percentile(before, 0.99) },
      during: { p50: percentile(during, 0.5), p99: percentile(during, 0.99), messages: during.length },
      missing: copies.missing(),
      unfinished: pages.filter((count) => count === 0).length,
    };
  } finally {
    await archive.stop();
    process.off('exit', remove);
    remove();
  }
}

/** Reads forward until the archive's end; resolves with the number of pages, 0 when a page was refused. */
async function readAll(archive: ArchiveDaemon, user: string, end: string): Promise<number> {
  let after: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const answer = await archive.ask(GROUP, user, { after, fields: { end } });
    if (answer.isError) return 0;
    if (answer.isComplete) return pages;
    after = answer.last;
  }
}

/** A book of the copies of live messages: each member gets one, its author an echo. */
function liveCopies(members: number) {
  const sentAt: number[] = [];
  const left: number[] = [];
  const took: number[] = [];
  let first = 0;
  let outstanding = 0;
  let told: (() => void) | undefined;
  return {
    firstLive: (number: number) => {
      first = number;
    },
    sent: (number: number) => {
      sentAt[number] = performance.now();
      left[number] = members;
      outstanding += 1;
    },
    copied: (number: number) => {
      if (number < first) return;
      const rest = (left[number] ?? 0) - 1;
      left[number] = rest;
      if (rest !== 0) return;
      took[number] = performance.now() - (sentAt[number] ?? 0);
      outstanding -= 1;
      if (outstanding === 0) told?.();
    },
    /** Resolves when all copies have come, or none have for a while. */
    all: () =>
      new Promise<void>((resolve) => {
        if (outstanding === 0) {
          resolve();
          return;
        }
        const timer = setTimeout(resolve, STALL_MS);
        told = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    latencies: (from: number, to: number) =>
      took.slice(from, to).filter((milliseconds) => milliseconds !== undefined),
    missing: () => outstanding,
  };
}
