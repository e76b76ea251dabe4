/** Who has got which messages of one phase of a measurement. */
export interface Tally {
  /** The member at the place `member` got a copy of the message `number`. */
  count(member: number, number: number): void;
  /** How many copies came more than once. */
  repeated(): number;
  /** How many copies have not come, of the messages begun so far. */
  missing(): number;
  /** A message is on its way: copies for everybody are expected. */
  expect(number: number): void;
}

/**
 * Keeps book of the copies of the messages `first` to `first + messages - 1` to `members` members each.
 * @param complete called when each member has got the message
 */
export function tallyOf(
  first: number,
  messages: number,
  members: number,
  complete: (number: number) => void,
): Tally {
  const seen = new Uint8Array(messages * members);
  const left = new Uint32Array(messages);
  let repeated = 0;
  let missing = 0;
  return {
    expect: (number) => {
      left[number - first] = members;
      missing += members;
    },
    count: (member, number) => {
      const at = number - first;
      if (at < 0 || at >= messages || member >= members) {
        // A copy of an earlier phase, which was over only when all copies had come; or for somebody else.
        repeated += 1;
        return;
      }
      const place = at * members + member;
      if (seen[place] === 1) {
        repeated += 1;
        return;
      }
      seen[place] = 1;
      missing -= 1;
      const rest = (left[at] ?? 0) - 1;
      left[at] = rest;
      if (rest === 0) complete(number);
    },
    repeated: () => repeated,
    missing: () => missing,
  };
}
