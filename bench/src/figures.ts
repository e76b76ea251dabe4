import { z } from 'zod';

/** What a cell of a table holds: a word, a number, what several rounds gave, or nothing. */
const cell = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.object({ median: z.number(), min: z.number(), max: z.number() }),
]);

const table = z.object({
  title: z.string(),
  /** The first column names the row; `digits` are those behind the point. */
  columns: z.array(z.object({ title: z.string(), digits: z.number() })),
  rows: z.array(z.array(cell)),
});

const axis = z.object({ title: z.string(), logarithmic: z.boolean() });

const chart = z.object({
  /** The name of its file, without an ending. */
  name: z.string(),
  title: z.string(),
  x: axis,
  y: axis,
  series: z.array(z.object({ name: z.string(), points: z.array(z.tuple([z.number(), z.number()])) })),
});

/** Something that is to be reached; `found` is a ratio or an amount, in the unit that `wanted` names. */
const goal = z.object({
  what: z.string(),
  wanted: z.string(),
  found: z.number(),
  digits: z.number(),
  met: z.boolean(),
});

const machine = z.object({
  date: z.string(),
  cpu: z.string(),
  cores: z.number(),
  memoryGiB: z.number(),
  kernel: z.string(),
  node: z.string(),
  /** How busy the machine was with other things before it began: the mean of the last minute. */
  load: z.number(),
  yardstick: z.object({
    /** Milliseconds that the same loop takes, at the middle and one time in a hundred. */
    loop: z.object({ p50: z.number(), p99: z.number() }),
    /** Milliseconds in which a file of which 40 KiB were written over is synced. */
    sync: z.object({ p50: z.number(), p99: z.number() }),
  }),
  version: z.string(),
  commit: z.string(),
});

const figures = z.object({
  tables: z.array(table),
  charts: z.array(chart),
  goals: z.array(goal),
  /** What went wrong: lost, repeated, unanswered. No time is a fault. */
  faults: z.array(z.string()),
  /** Versions of what was compared, and with what it ran. */
  versions: z.array(z.string()),
  /** Configuration files as servers read them. */
  configurations: z.array(z.object({ name: z.string(), text: z.string() })),
  /** Every single measurement, for who wants to reckon anew. */
  details: z.unknown(),
});

const part = figures.extend({
  name: z.string(),
  title: z.string(),
  machine,
  /** How long it took. */
  seconds: z.number(),
  /** What share of the processor time the host gave to others meanwhile, 0 to 1. */
  stolen: z.number(),
});

const results = z.object({ parts: z.array(part) });

export type Cell = z.infer<typeof cell>;
export type Table = z.infer<typeof table>;
export type Chart = z.infer<typeof chart>;
export type Goal = z.infer<typeof goal>;
export type Machine = z.infer<typeof machine>;
/** What a scenario has found. */
export type Figures = z.infer<typeof figures>;
/** The same with its name, and where and when it was found. */
export type Part = z.infer<typeof part>;
/** The file of results; parts of an earlier run stay until they are measured again. */
export type Results = z.infer<typeof results>;

/** Reads a file of results. Throws with the place of what does not fit. */
export const readResults = (text: string): Results => results.parse(JSON.parse(text));

/** Whether a figure, as it is shown, reaches another one. */
export const atLeast = (found: number, least: number, digits: number): boolean =>
  Number(found.toFixed(digits)) >= least;

/** Figures with nothing in them, to spread what there is over. */
export const NO_FIGURES: Figures = {
  tables: [],
  charts: [],
  goals: [],
  faults: [],
  versions: [],
  configurations: [],
  details: {},
};
