import { groups } from './0001-groups.js';

/** What to run to come from version n to n + 1, at index n. A released one is never changed. */
export const migrations: readonly string[] = [groups];
