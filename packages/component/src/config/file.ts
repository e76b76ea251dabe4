import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { type ErrorCode, LineCounter, parseDocument, visit } from 'yaml';

/**
 * What is wrong, by the parser's code. Its own messages are not used: some of them quote the text, which may
 * be a secret.
 */
const REASONS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'a value begins with *; put it in quotes',
  BAD_DQ_ESCAPE: 'there is an unknown \\ escape in double quotes; use single quotes',
  BAD_INDENT: 'the indentation does not fit; align the keys of one section',
  BAD_SCALAR_START: 'a value begins with a reserved character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a key and its values are on one line; begin a new line, or use { }',
  DUPLICATE_KEY: 'a key is there twice; remove one of them',
  MISSING_CHAR: 'a quote, bracket, colon or comma is missing; add it',
  MULTIPLE_DOCS: 'a second document begins here; remove it',
  TAB_AS_INDENT: 'a tab is used for indentation; use spaces',
  TAG_RESOLVE_FAILED: 'a value begins with !; put it in quotes',
};

const reasonOf = (code: ErrorCode): string =>
  REASONS[code] ?? 'this is not valid YAML; compare it with the example in the documentation';

/** A map as it was written, its values not looked at. */
export type Raw = Record<string, unknown>;

export const isMap = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a YAML file that holds a map of sections, each a map or empty.
 * @returns the sections, or all problems, each a sentence with file and line
 */
export function readYaml(path: string): Result<Raw, readonly string[]> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return err([
      `${path}: cannot be read (${reason}); give --config the path of a file that this user may read`,
    ]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const faults = [...document.errors, ...document.warnings].map(({ code, pos }) => ({ code, at: pos[0] }));
  // A configuration has no use for aliases: one is a value that should have been in quotes.
  visit(document, {
    Alias: (_key, { range }) => {
      faults.push({ code: 'BAD_ALIAS', at: range?.[0] ?? 0 });
    },
  });
  const problems = faults.map(({ code, at }) => {
    const { line, col } = lines.linePos(at);
    return `${path}:${line}:${col}: ${reasonOf(code)}`;
  });
  if (problems.length > 0) return err(problems);
  const content: unknown = document.toJS() ?? {};
  if (!isMap(content)) return err([`${path}:1:1: the file holds no sections; begin with component:`]);
  // A section whose keys are all commented out is the same as no section.
  return ok(Object.fromEntries(Object.entries(content).filter(([, section]) => section !== null)));
}
