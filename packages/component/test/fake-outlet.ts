import type { Outlet } from '../src/engine/outlet.js';

/** An outlet that only tells what left the engine: its link is always up and takes everything. */
export const fakeOutlet = (heard: Pick<Outlet, 'send' | 'sendText' | 'finished'>): Outlet => ({
  ...heard,
  open: () => undefined,
  close: () => undefined,
  drained: () => undefined,
  takeBounce: () => false,
  isCongested: () => false,
  isBusy: () => false,
  fits: () => true,
  emptied: async () => 0,
});
