import type { BareJid } from '@xmpp-groups/core/jid';

/** How often groups look for devices that went silent, in milliseconds: an hour is what these have. */
const SWEEP_EVERY = 10 * 60_000;

/**
 * Lets the groups that somebody has open look, now and then, who is still there (reference 5.2). Only groups in
 * memory know of anybody; after a restart nobody has a chat open.
 * @returns the function that ends it
 */
export function startSweeps(open: () => readonly BareJid[], sweep: (group: BareJid) => void): () => void {
  const timer = setInterval(() => open().forEach(sweep), SWEEP_EVERY);
  // The daemon does not live on for it.
  timer.unref();
  return () => clearInterval(timer);
}
