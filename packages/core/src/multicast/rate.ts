import { err, ok, type Result } from '../result.js';
import { refusal, type StanzaError } from '../stanza/index.js';

/** How much one sender may send through a service. */
export interface RateLimits {
  readonly stanzasPerSecond: number;
  readonly recipientsPerMinute: number;
}

/** What a sender may still send at the time `at` (milliseconds since the epoch); it grows back with time. */
export interface Allowance {
  readonly stanzas: number;
  readonly recipients: number;
  readonly at: number;
}

/** 20 stanzas in a second, 2000 recipients in a minute (reference 3.8). */
export const USUAL_RATES: RateLimits = { stanzasPerSecond: 20, recipientsPerMinute: 2000 };

/**
 * What is left after one stanza to so many recipients, or why it may not go (reference 3.8). A refused stanza costs
 * nothing.
 * @param left what was left after the last stanza; `undefined` for a new sender
 * @param now milliseconds since the epoch; a clock that went back gives nothing and takes nothing
 */
export function spend(
  left: Allowance | undefined,
  recipients: number,
  now: number,
  limits: RateLimits = USUAL_RATES,
): Result<Allowance, StanzaError> {
  const { stanzasPerSecond, recipientsPerMinute } = limits;
  const passed = left === undefined ? Number.POSITIVE_INFINITY : Math.max(0, now - left.at);
  const stanzas = Math.min(stanzasPerSecond, (left?.stanzas ?? 0) + (passed / 1000) * stanzasPerSecond);
  const copies = Math.min(
    recipientsPerMinute,
    (left?.recipients ?? 0) + (passed / 60_000) * recipientsPerMinute,
  );
  if (stanzas < 1)
    return err(refusal('policy-violation', `More than ${stanzasPerSecond} stanzas in a second`));
  if (copies < recipients) {
    return err(refusal('resource-constraint', `More than ${recipientsPerMinute} recipients in a minute`));
  }
  return ok({ stanzas: stanzas - 1, recipients: copies - recipients, at: Math.max(now, left?.at ?? now) });
}
