/**
 * How many messages are counted one by one for a page. XEP-0059 (section 2.6) lets a count be missing or about right
 * where it would cost too much: it must not cost more than the page.
 */
export const MOST_COUNTED = 10_000;

/** A search by text, or by what messages carry, is counted when it concerns at most so many: each has to be read. */
export const MOST_READ_TO_COUNT = 2_000;
