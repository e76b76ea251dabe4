/** Tells when the server has worked off what was sent. */
export interface Barrier {
  /** Resolves when all that was sent before the call is worked off; rejects as the round trip does. */
  pass(): Promise<void>;
}

/**
 * One round trip after the other, each for all who have come while the one before was under way: many messages need no
 * more than one.
 */
export function createBarrier(roundTrip: () => Promise<void>): Barrier {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const begin = (): Promise<void> => {
    next = undefined;
    const trip = roundTrip();
    const ended = (): void => {
      if (running === trip) running = undefined;
    };
    running = trip;
    trip.then(ended, ended);
    return trip;
  };

  return {
    pass: () => {
      if (next !== undefined) return next;
      if (running === undefined) return begin();
      next = running.then(begin, begin);
      return next;
    },
  };
}
