import { roster } from '@xmpp-groups/core/stanza';
import type { Connection } from '../connection.js';
import { createEvents } from '../events.js';
import { type Platform, systemPlatform } from '../platform.js';
import { presenceTo } from '../stanzas.js';
import { createWire } from '../wire.js';
import { catchUp } from './catch-up.js';
import { type Context, tellFault } from './context.js';
import { type Belonging, belonging } from './facade/belonging.js';
import { type Company, company } from './facade/company.js';
import { type Finding, finding } from './facade/finding.js';
import { type Governing, governing } from './facade/governing.js';
import { type Showing, showing } from './facade/showing.js';
import { type Talking, talking } from './facade/talking.js';
import { receive } from './incoming.js';
import type { XabberEvents } from './kinds.js';
import { refreshMembers } from './members.js';
import { createOutgoing } from './outgoing.js';

/** What a client does in Xabber groups. All promises settle; those that reject do so with a `GroupsError`. */
export interface XabberGroups extends Finding, Belonging, Company, Talking, Governing, Showing {
  /** Calls `listener` for each event of a kind. Returns the function that ends it. */
  on<K extends keyof XabberEvents>(kind: K, listener: (event: XabberEvents[K]) => void): () => void;
  /** Ends all waiting and all events. The connection stays as it is. */
  close(): void;
}

/** How `xabberGroups` is set up. */
export interface XabberOptions {
  /** How long an answer or an echo may take, in milliseconds; 30,000 unless given. */
  readonly timeout?: number;
  /** Whether to ask for the roster and to be available after each login; `false` when the program does that. */
  readonly available?: boolean;
  readonly platform?: Platform;
}

/** Xabber groups over a connection, which may be online already or come online later. */
export function xabberGroups(connection: Connection, options: XabberOptions = {}): XabberGroups {
  const { timeout = 30_000, available = true, platform = systemPlatform } = options;
  const wire = createWire(connection, platform, timeout);
  const context: Context = { wire, events: createEvents<XabberEvents>(), groups: new Map() };
  const { events, groups } = context;
  const outgoing = createOutgoing(wire, events, timeout);

  const greet = async (): Promise<void> => {
    // Servers push requests for subscriptions only to who has asked for the roster.
    await wire.ask({ what: 'ask for the roster' }, roster.build({ items: [] }), roster);
    await wire.send({ what: 'be available' }, presenceTo(undefined));
  };

  const begin = (): void => {
    if (available) greet().catch((error: unknown) => tellFault(context, undefined, error));
    outgoing.resend();
    for (const group of groups.values()) {
      void catchUp(context, group);
      void refreshMembers(context, group);
    }
  };

  wire.subscribe((event) => {
    if (event.kind === 'element') receive(context, outgoing, event.element);
    if (event.kind === 'online' && !event.resumed) begin();
  });
  if (connection.own() !== undefined) begin();

  return {
    on: events.on,
    ...finding(context),
    ...belonging(context),
    ...company(context),
    ...talking(context, outgoing),
    ...governing(context),
    ...showing(context),
    close: () => {
      for (const group of groups.values()) group.cancelRetry();
      outgoing.close();
      wire.close();
    },
  };
}
