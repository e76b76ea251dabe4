/** A value as it can stand in a message: cut to a readable length, and without the user part of an address. */
function shown(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(/\/\/[^@/\s]*@/g, '//...@');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** What is wrong with a value that is not `what` (`a port`), and how to mend it; without the name of its key. */
export const unfit = (value: unknown, what: string, mend: string): string =>
  value === undefined || value === null ? `is missing; ${mend}` : `${shown(value)} is not ${what}; ${mend}`;

/** The wording of a zod type or check: what a good value is (`a port`), and how to mend a bad one. */
export const wording = (what: string, mend: string) => ({
  error: (issue: { readonly input?: unknown }): string => unfit(issue.input, what, mend),
});

/** The same for a value that must never be seen. */
export const secretWording = (what: string, mend: string) => ({
  error: (issue: { readonly input?: unknown }): string =>
    issue.input === undefined || issue.input === null ? `is missing; ${mend}` : `is not ${what}; ${mend}`,
});
