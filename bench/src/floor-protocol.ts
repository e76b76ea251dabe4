/**
 * What the floor has to send for each message that it gets: for each of `starts` one stanza, made of the
 * start, `before`, the message's mark and `after`.
 */
export interface Plan {
  readonly starts: readonly string[];
  readonly before: string;
  readonly after: string;
}

/** How the floor's process is called: port, domain and secret of the component, in this order. */
export type FloorArguments = readonly [port: string, domain: string, secret: string];

const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether what came from the other process is a plan. */
export function isPlan(value: unknown): value is Plan {
  if (typeof value !== 'object' || value === null) return false;
  if (!('starts' in value && 'before' in value && 'after' in value)) return false;
  const { starts, before, after } = value;
  return Array.isArray(starts) && starts.every(isText) && isText(before) && isText(after);
}
