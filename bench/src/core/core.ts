import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Figures, Goal, Table } from '../figures.js';
import { NO_FIGURES } from '../figures.js';
import type { Scenario } from '../scenario.js';
import { spreadOf } from '../statistics.js';
import { encryptionTimes } from './encryption.js';
import { kontalkRate } from './kontalk.js';
import { measureRates } from './rate.js';
import { LIBRARIES, type Library, OWN } from './subjects.js';

const ROUNDS = 7;
const KONTALK_ROUNDS = 7;
const ENCRYPTIONS = 10;
const WANTED_BUILD = 2;
const WANTED_STANZAS = 100_000;

/** What all libraries read: a message of another group, so that nothing has been prepared for it. */
const textToRead = (libraries: readonly Library[]): string => {
  const own = libraries.find(({ name }) => name === OWN);
  if (own === undefined) throw new Error(`${OWN} is not among the libraries`);
  // Who has no stream around the stanza needs its namespace.
  return own.build().replace('<message ', "<message xmlns='jabber:client' ");
};

type Rates = ReadonlyMap<string, readonly number[]>;

/** How many times as fast as the fastest of the others, round by round. */
function ratiosToFastest(rates: Rates): number[] {
  const others = [...rates].filter(([name]) => name !== OWN).map(([, all]) => all);
  return (rates.get(OWN) ?? []).map(
    (rate, round) => rate / Math.max(...others.map((all) => all[round] ?? 0)),
  );
}

function rateTable(build: Rates, parse: Rates, read: Rates): Table {
  const cell = (rates: Rates, name: string) => {
    const all = rates.get(name);
    return all === undefined ? null : spreadOf(all);
  };
  return {
    title: 'A group message: how often a second',
    columns: [
      { title: '', digits: 0 },
      { title: 'build', digits: 0 },
      { title: 'parse into elements', digits: 0 },
      { title: 'parse into values', digits: 0 },
    ],
    rows: LIBRARIES.map(({ name }) => [name, cell(build, name), cell(parse, name), cell(read, name)]),
  };
}

function goalsOf(build: Rates, kontalk: number): Goal[] {
  const ratio = spreadOf(ratiosToFastest(build)).median;
  return [
    {
      what: 'building a group message, rate to that of the fastest library',
      wanted: `at least ${WANTED_BUILD}`,
      found: ratio,
      digits: 2,
      met: ratio >= WANTED_BUILD,
    },
    {
      what: 'Kontalk groups, stanzas evaluated a second',
      wanted: `at least ${WANTED_STANZAS.toLocaleString('en-US')}`,
      found: kontalk,
      digits: 0,
      met: kontalk >= WANTED_STANZAS,
    },
  ];
}

/** The version of an installed package, such as `ltx 3.1.2`. */
function versionOf(name: string): string {
  const main = createRequire(import.meta.url).resolve(name);
  const root = main.slice(0, main.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  const manifest: unknown = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return name;
  return `${name} ${manifest.version}`;
}

async function run({ progress }: Parameters<Scenario['run']>[0]): Promise<Figures> {
  const text = textToRead(LIBRARIES);
  const ratesOf = (work: (library: Library) => (() => unknown) | undefined): Rates =>
    measureRates(
      LIBRARIES.flatMap((library) => {
        const does = work(library);
        return does === undefined ? [] : [{ name: library.name, run: does }];
      }),
      ROUNDS,
    );
  progress('building');
  const build = ratesOf(({ build }) => build);
  progress('parsing');
  const parse = ratesOf((library) => () => library.parse(text));
  const read = ratesOf(({ read }) => read && (() => read(text)));
  progress('groups of Kontalk');
  // In the first round Node compiles.
  kontalkRate();
  const kontalk = spreadOf(Array.from({ length: KONTALK_ROUNDS }, kontalkRate));
  progress('encryption');
  const encryption = await encryptionTimes(ENCRYPTIONS);
  return {
    ...NO_FIGURES,
    versions: LIBRARIES.filter(({ name }) => name !== OWN).map(({ name }) => versionOf(name)),
    goals: goalsOf(build, kontalk.median),
    tables: [
      rateTable(build, parse, read),
      {
        title: 'Kontalk',
        columns: [
          { title: '', digits: 0 },
          { title: 'median (min-max)', digits: 1 },
        ],
        rows: [
          ['stanzas evaluated a second, in thousands', thousands(kontalk)],
          ['signed and encrypted to 50 here, ms', spreadOf(encryption.own)],
          ['the same by gpg, ms', spreadOf(encryption.gpg)],
        ],
      },
    ],
    details: { build: [...build], parse: [...parse], read: [...read], encryption },
  };
}

const thousands = ({ median, min, max }: { median: number; min: number; max: number }) => ({
  median: median / 1000,
  min: min / 1000,
  max: max / 1000,
});

export const core: Scenario = {
  name: 'core',
  title: 'The core, without network and disk',
  compares: 'reading and writing XML beside four libraries; groups of Kontalk; encryption beside gpg',
  seconds: 55,
  run,
};
