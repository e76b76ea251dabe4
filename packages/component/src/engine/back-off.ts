/**
 * How often a decision is made at most, each time on what another writer has put in place of what it stood on. Each
 * time the other one got further, so that two who work through queues are both done in the end. Only who has a large group
 * to read, and meets one who writes it without a pause for some seconds, gives up.
 */
export const ATTEMPTS = 20;

const FIRST_MS = 5;
const LONGEST_MS = 500;

/**
 * How long to wait before a decision is made anew. Nothing after the first conflict: mostly it was a single command of
 * somebody else. Then anything up to a time that doubles, left to chance, so that two writers fall out of step.
 * @param failures how often in a row it was in vain, from 1 on
 * @param random a whole number below its argument
 * @returns milliseconds
 */
export const waitAfterConflict = (failures: number, random: (below: number) => number): number =>
  failures <= 1 ? 0 : random(Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 2)) + 1);
