import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { percentile } from '../statistics.js';
import type { Asker, Timed } from './asker.js';
import type { Kind } from './kinds.js';
import { READER } from './recipe.js';

/** What one kind of question took, in milliseconds. */
export interface KindMeasurement {
  readonly name: string;
  readonly isSearch: boolean;
  readonly firstByteP50: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly asked: number;
  /** What it took, at the middle and at most, when the operating system had nothing of the file in memory. */
  readonly cold: { readonly p50: number; readonly longest: number } | undefined;
  /** Answers that were errors. */
  readonly errors: number;
}

export interface PagesMeasurement {
  readonly kinds: readonly KindMeasurement[];
  /** What a request took that is not understood, one after each of the others: milliseconds. */
  readonly nothing: { readonly p50: number; readonly p99: number };
}

/** How often something is asked for before anything is measured. */
const WARM_UP = 400;

export interface PagesOptions {
  readonly file: string;
  readonly kinds: readonly Kind[];
  /** How often a page, and how often a search, is asked for; and how often with cold caches. */
  readonly pages: number;
  readonly searches: number;
  readonly cold: number;
  /** By `performance.now()`: a kind is not asked for again after it. */
  readonly deadline: number;
  progress(text: string): void;
}

/** Lets the operating system forget what it has of a file (posix_fadvise, which dd calls); false where there is no such dd. */
function forget(file: string): boolean {
  const given = [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none'];
  return spawnSync('dd', given, { stdio: 'ignore' }).status === 0;
}

/** Has the operating system read the whole file once: it keeps as much of it as there is memory for. */
const remember = async (file: string): Promise<void> => {
  for await (const _ of createReadStream(file, { highWaterMark: 1 << 20 }));
};

/**
 * Asks for everything, one after another: first with what the operating system keeps of the file in memory, as on a
 * machine that does this every day, and at the end with nothing of it.
 */
export async function measurePages(asker: Asker, options: PagesOptions): Promise<PagesMeasurement> {
  const { file, kinds, progress } = options;
  const between: Timed[] = [];
  const ask = ({ group, question }: Kind): Promise<Timed> => asker.ask(group.jid, READER, question());

  const askWarm = async (kind: Kind): Promise<Timed[]> => {
    progress(kind.name);
    // The first ones find their part of the file.
    for (let times = 0; times < 5; times += 1) await ask(kind);
    const answers: Timed[] = [];
    const wanted = kind.isSearch ? options.searches : options.pages;
    while (answers.length < wanted && (answers.length < 10 || performance.now() < options.deadline)) {
      answers.push(await ask(kind));
      between.push(await asker.askNothing(kind.group.jid, READER));
    }
    return answers;
  };
  const askCold = async (kind: Kind): Promise<Timed[]> => {
    const answers: Timed[] = [];
    while (answers.length < options.cold && forget(file)) answers.push(await ask(kind));
    return answers;
  };

  progress('reading the file once');
  await remember(file);
  progress('letting Node compile');
  for (let times = 0; times < WARM_UP; times += 1) {
    const kind = kinds[times % kinds.length];
    if (kind !== undefined) await ask(kind);
  }
  const warm = new Map<Kind, Timed[]>();
  for (const kind of kinds) warm.set(kind, await askWarm(kind));
  progress('the same with nothing of the file in memory');
  const found: KindMeasurement[] = [];
  for (const kind of kinds) found.push(measurementOf(kind, warm.get(kind) ?? [], await askCold(kind)));
  const times = between.map(({ ms }) => ms);
  return { kinds: found, nothing: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) } };
}

function measurementOf(
  { name, isSearch }: Kind,
  warm: readonly Timed[],
  cold: readonly Timed[],
): KindMeasurement {
  const times = warm.map(({ ms }) => ms);
  const coldTimes = cold.map(({ ms }) => ms);
  const firstBytes = warm.map(({ firstByteMs }) => firstByteMs);
  return {
    name,
    isSearch,
    firstByteP50: percentile(firstBytes, 0.5),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    longest: Math.max(...times),
    asked: warm.length,
    cold:
      coldTimes.length === 0
        ? undefined
        : { p50: percentile(coldTimes, 0.5), longest: Math.max(...coldTimes) },
    errors: [...warm, ...cold].filter(({ isError }) => isError).length,
  };
}
