import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from './figures.js';
import { percentile } from './statistics.js';

const LOOPS = 300;
const STEPS = 1_500_000;
const SYNCS = 100;
const SYNCED_BYTES = 40 * 1024;
const BETWEEN_SYNCS_MS = 10;

const middleAndSlowest = (times: readonly number[]) => ({
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
});

function loopTimes(): number[] {
  return Array.from({ length: LOOPS }, () => {
    const started = performance.now();
    let value = 0;
    for (let step = 0; step < STEPS; step += 1) value = Math.imul(value, 31) + step;
    // Whoever does not look at the value need not work it out.
    return performance.now() - started + (value === 0.5 ? 1 : 0);
  });
}

/** A small file that can be synced: what a transaction has to wait for, and nothing else. */
export interface SyncedFile {
  /** Writes over all of it; gives the milliseconds in which it is synced then. */
  sync(): number;
  close(): void;
}

/** Makes the file in the folder where databases of benchmarks are. */
export function syncedFile(): SyncedFile {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-bench-yardstick-'));
  const file = openSync(join(folder, 'synced'), 'w');
  const bytes = Buffer.alloc(SYNCED_BYTES, 1);
  const sync = (): number => {
    writeSync(file, bytes, 0, bytes.length, 0);
    const started = performance.now();
    fsyncSync(file);
    return performance.now() - started;
  };
  sync();
  return {
    sync,
    close: () => {
      closeSync(file);
      rmSync(folder, { recursive: true });
    },
  };
}

async function syncTimes(): Promise<number[]> {
  const file = syncedFile();
  try {
    const times: number[] = [];
    while (times.length < SYNCS) {
      times.push(file.sync());
      await pause(BETWEEN_SYNCS_MS);
    }
    return times;
  } finally {
    file.close();
  }
}

/** What the machine itself takes for next to nothing: no p99 of what does more can be better. Takes about two seconds. */
export const yardstick = async (): Promise<Machine['yardstick']> => ({
  loop: middleAndSlowest(loopTimes()),
  sync: middleAndSlowest(await syncTimes()),
});

/** Processor time of all processors since the machine started, in ticks: all of it, and what the host gave to others. */
export function processorTime(): { readonly all: number; readonly stolen: number } {
  // proc(5): "cpu" user nice system idle iowait irq softirq steal; guests are counted as users as well.
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  return { all: ticks.reduce((sum, one) => sum + one, 0), stolen: ticks[7] ?? 0 };
}
