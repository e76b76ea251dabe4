/**
 * How many messages are counted one by one for a page. XEP-0059 (section 2.6) lets a count be missing or about right
 * where it would cost too much: it must not cost more than the page. Counting by text, or by what messages carry, reads
 * each message that it concerns, so that it may concern no more than these.
 */
export const MOST_COUNTED = 2_000;
