/** The parts of a test's name, as vitest joins them in its lists. */
const BETWEEN = ' > ';

/**
 * What the name of a test says it proves: `row 23`, `rows 23, 24`, `row 26, row 28` are features, `error row 44`,
 * `error rows 42 and 43` errors, `T5` a trap.
 *
 * @param {string} name the whole name of a test, with those of the groups that it is in
 * @returns {{ features: number[], errors: number[], traps: number[] }}
 */
export function provenBy(name) {
  const features = [];
  const errors = [];
  for (const [, error, list] of name.matchAll(
    /\b(error )?rows? (\d+(?:(?:, (?:rows? |and )?| and (?:rows? )?)\d+)*)/g,
  )) {
    const numbers = [...list.matchAll(/\d+/g)].map(Number);
    (error === undefined ? features : errors).push(...numbers);
  }
  const traps = [...name.matchAll(/\bT(\d{1,2})\b/g)].map(([, number]) => Number(number));
  return { features, errors, traps };
}

/**
 * The tests in what `vitest list --json` writes. Whether they pass is not known.
 *
 * @param {{ name: string, file: string }[]} list
 * @returns {{ file: string, name: string, passed?: boolean }[]}
 */
export const testsInList = (list) => list.map(({ name, file }) => ({ name, file }));

/**
 * The tests in vitest's JSON report, and whether they have passed.
 *
 * @param {{ testResults: { name: string, assertionResults: object[] }[] }} report
 * @returns {{ file: string, name: string, passed?: boolean }[]}
 */
export const testsInReport = (report) =>
  report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      file,
      name: [...ancestorTitles, title].join(BETWEEN),
      passed: status === 'passed',
    })),
  );

/** The worlds in which each scenario runs: the first part of the names of its tests. */
const WORLDS = ['ejabberd by multicast', 'ejabberd one by one', 'ejabberd by shim', 'Prosody'];

/**
 * The name of a test without the world that it runs in, and the world, if it runs in one of several.
 *
 * @param {string} name
 * @returns {{ world: string | undefined, name: string }}
 */
export function outsideOfItsWorld(name) {
  const world = WORLDS.find((candidate) => name.startsWith(candidate + BETWEEN));
  return { world, name: world === undefined ? name : name.slice(world.length + BETWEEN.length) };
}
