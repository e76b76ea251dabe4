import type { BareJid } from '@xmpp-groups/core/jid';
import { notPresentMark, presentMark } from '@xmpp-groups/core/xabber';
import { presenceTo } from '../stanzas.js';
import type { Wire } from '../wire.js';
import { type Context, tellFault } from './context.js';

/** How often a group is told again that the chat is open, in milliseconds (reference 5.2). */
const EVERY = 30_000;

const tell = (wire: Wire, group: BareJid, open: boolean): Promise<void> =>
  wire.send(
    { what: open ? 'be present' : 'be no longer present', to: group },
    presenceTo(group, undefined, [open ? presentMark.build({}) : notPresentMark.build({})]),
  );

/**
 * Lets the group count one among those who have the chat open (reference 5.2), until the returned function is called.
 */
export function bePresent(context: Context, group: BareJid): () => void {
  const { wire } = context;
  let open = true;
  let cancel: () => void = () => undefined;
  const say = (present: boolean): void => {
    // Offline one is not present anywhere, and the next time comes soon.
    if (wire.own() === undefined) return;
    tell(wire, group, present).catch((error: unknown) => tellFault(context, group, error));
  };
  const again = (): void => {
    cancel = wire.platform.after(EVERY, again);
    say(true);
  };
  again();
  return () => {
    if (!open) return;
    open = false;
    cancel();
    say(false);
  };
}
