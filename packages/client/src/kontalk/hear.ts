import { bareOf } from '@xmpp-groups/core/jid';
import {
  clientMessage,
  evaluate,
  type Incoming,
  type KontalkEvent,
  openIncoming,
  readBounce,
  receiptFor,
  unwrap,
} from '@xmpp-groups/core/kontalk';
import type { ComingBack } from './come-back.js';
import { type Context, environmentOf, inBackground } from './context.js';
import { type Heard, joined, nothingHeard } from './heard.js';
import type { Kept, WaitingStanza } from './kept.js';
import { BLIND, type Sight } from './sight.js';
import { claimOf } from './unverified.js';
import { waitFor } from './wait.js';

/** What a stanza that has arrived means. Nothing is told or sent yet. */
export async function hear(
  context: Context,
  back: ComingBack,
  kept: Kept,
  arrived: WaitingStanza,
): Promise<Heard> {
  const { stanza } = arrived;
  const bounce = readBounce(stanza);
  if (!bounce.ok) return nothingHeard(kept);
  if (bounce.value !== undefined) return back.error(kept, bounce.value);
  const counted = back.receipt(kept, stanza);
  const incoming = await opened(context, arrived);
  if (incoming.verdict.kind === 'pending') {
    return joined(counted, wait(context, counted.kept, arrived, incoming.verdict.reason));
  }
  return joined(counted, await judged(context, counted.kept, incoming));
}

/** What stanzas mean that could not be read before, if they can be now. */
export async function hearAgain(context: Context, before: Kept): Promise<Heard> {
  let heard = nothingHeard(before);
  for (const waiting of before.waiting) {
    const incoming = await opened(context, waiting);
    if (incoming.verdict.kind === 'pending') continue;
    const { kept } = heard;
    const without = { ...kept, waiting: kept.waiting.filter((one) => one !== waiting) };
    heard = joined({ ...heard, kept: without }, await judged(context, without, incoming));
  }
  return heard;
}

const sightOf = ({ keyring }: Context): Sight => keyring ?? BLIND;

function opened(context: Context, arrived: WaitingStanza): Promise<Incoming> {
  const { keysOf, openPgp } = sightOf(context);
  const { stanza, receivedAt, delayStamp } = arrived;
  return openIncoming(stanza, { me: context.me, receivedAt, delayStamp, keysOf }, openPgp);
}

type Reason = Extract<Incoming['verdict'], { readonly kind: 'pending' }>['reason'];

function wait(context: Context, kept: Kept, arrived: WaitingStanza, reason: Reason): Heard {
  const waiting = waitFor(kept.waiting, arrived, context.wire.platform.now());
  if (!waiting.includes(arrived)) return nothingHeard({ ...kept, waiting });
  const unwrapped = unwrap(arrived.stanza, context.me);
  const read = unwrapped.ok ? clientMessage.parse(unwrapped.value.message) : undefined;
  const from = read?.ok && read.value.from !== undefined ? bareOf(read.value.from) : undefined;
  const tell = (): void => context.events.emit('waiting', { from, reason });
  return { ...nothingHeard({ ...kept, waiting }), more: [tell] };
}

async function judged(context: Context, kept: Kept, incoming: Incoming): Promise<Heard> {
  const evaluation = evaluate(kept.world, incoming, environmentOf(context));
  const { world, events, errands } = evaluation;
  const claim = incoming.verdict.kind === 'failed' ? await claimed(context, kept, incoming) : undefined;
  const receipts = events.flatMap((event) => receipt(context, incoming, event) ?? []);
  const tell = claim === undefined ? [] : [() => context.events.emit('unverified', claim)];
  return {
    kept: world === kept.world ? kept : { ...kept, world },
    events,
    errands,
    more: [...receipts, ...tell],
  };
}

function claimed(context: Context, { world }: Kept, { stanza, receivedAt, delayStamp }: Incoming) {
  const { keysOf, openPgp } = sightOf(context);
  return claimOf(world, stanza, { keysOf, openPgp, at: delayStamp ?? receivedAt });
}

/** What says that a message was received, when its sender asks, in or outside of the container. */
function receipt(context: Context, { stanza }: Incoming, event: KontalkEvent): (() => void) | undefined {
  const { me, choices, wire } = context;
  if (event.kind !== 'message' || !choices.giveReceipts || bareOf(event.from) === me) return undefined;
  const outside = clientMessage.parse(stanza);
  const beside = outside.ok && outside.value.id === event.id ? outside.value.payload : [];
  const answer = receiptFor([...event.payload, ...beside], event.from, event.id);
  if (answer === undefined) return undefined;
  const { to, payload } = answer;
  const said = clientMessage.build({ to, id: wire.platform.newId(), type: 'chat', payload });
  return () => inBackground(context, event.group, wire.send({ what: 'say that a message came', to }, said));
}
