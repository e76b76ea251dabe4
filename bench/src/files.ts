import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Part, type Results, readResults } from './figures.js';
import { type DocsFile, pageOf } from './page.js';

const pathOf = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const RESULTS = pathOf('results/latest.json');
const DOCS = pathOf('../docs');

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The results so far; none where there are none. */
const savedResults = (): Results =>
  existsSync(RESULTS) ? readResults(readFileSync(RESULTS, 'utf8')) : { parts: [] };

/** What was measured last, part by part. */
export const savedParts = (): readonly Part[] => savedResults().parts;

/**
 * Puts new parts in the place of the earlier ones of their names.
 * @param order the names of all parts, in the order of the page
 */
export function saveParts(parts: readonly Part[], order: readonly string[]): void {
  const all = new Map([...savedResults().parts, ...parts].map((part) => [part.name, part]));
  const kept = order.flatMap((name) => all.get(name) ?? []);
  write(RESULTS, `${JSON.stringify({ parts: kept }, null, 1)}\n`);
}

const sentences = (name: string): string => readFileSync(pathOf(`text/${name}.md`), 'utf8');

const page = (): DocsFile[] => pageOf(savedResults(), sentences);

/** Writes docs/performance.md and its plots out of the results. */
export function writePage(): void {
  rmSync(join(DOCS, 'plots'), { recursive: true, force: true });
  for (const { path, text } of page()) write(join(DOCS, path), text);
}

/** The files of the documentation that do not fit the results, or have no place there. */
export function filesThatDoNotFit(): string[] {
  const wanted = page();
  const plots = existsSync(join(DOCS, 'plots')) ? readdirSync(join(DOCS, 'plots')) : [];
  const known = new Set(wanted.map(({ path }) => path));
  return [
    ...wanted
      .filter(({ path, text }) => {
        const file = join(DOCS, path);
        return !existsSync(file) || readFileSync(file, 'utf8') !== text;
      })
      .map(({ path }) => path),
    ...plots.map((name) => `plots/${name}`).filter((path) => !known.has(path)),
  ];
}
