import { createHash } from 'node:crypto';
import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type Command,
  DEFAULT_POLICY,
  type Environment,
  emptyWorld,
  evaluate,
  type GroupKey,
  type Incoming,
  type World,
  writeGroup,
} from '@xmpp-groups/core/kontalk';
import { NS, xml } from '@xmpp-groups/core/xml';
import { bare } from '@xmpp-groups/harness';

const MEMBERS = 50;
const STANZAS = 100_000;
/**
 * So many are made at once, outside of what is measured: as many as come out of a socket together. Those that wait would
 * be moved by each collection of garbage; with a thousand that was a quarter of the time.
 */
const BATCH = 20;
/** Each so many messages the owner gives another subject, and takes somebody in or out. */
const COMMAND_EVERY = 20;

const OWNER = bare('owner@example.net');
const ME = bare('me@example.net');
const NEWCOMER = bare('newcomer@example.net');
const OTHERS = Array.from({ length: MEMBERS - 2 }, (_, place) => bare(`member${place}@example.net`));
const KEY: GroupKey = { owner: OWNER, id: 'benchmark' };
const START = Date.UTC(2026, 0, 1);

const ENVIRONMENT: Environment = {
  now: START + STANZAS * 1000,
  sha256: (text) => createHash('sha256').update(text).digest('base64'),
  policy: { ...DEFAULT_POLICY, autoJoin: () => true },
};

/** A message as it is after decryption; that was measured by itself. */
function incoming(from: BareJid, command: Command, text: string | undefined, at: number): Incoming {
  const id = `bench-${at}`;
  const body = text === undefined ? [] : [xml('body', { xmlns: NS.client }, [text])];
  return {
    stanza: xml('message', { xmlns: NS.client, type: 'chat', id, from: `${from}/phone`, to: ME }),
    verdict: {
      kind: 'verified',
      payload: [writeGroup({ key: KEY, command }), ...body],
      innerId: id,
      signedTime: START + at * 1000,
      payloadHash: `hash-${at}`,
      signer: `key of ${from}`,
    },
    receivedAt: START + at * 1000,
  };
}

function commandAt(at: number): Command {
  const step = Math.floor(at / COMMAND_EVERY);
  const nothing = { kind: 'set', add: [], remove: [], members: [], subject: undefined } as const;
  if (step % 3 === 0) return { ...nothing, subject: `Subject ${step}` };
  return step % 3 === 1 ? { ...nothing, add: [NEWCOMER] } : { ...nothing, remove: [NEWCOMER] };
}

const stanzaAt = (at: number): Incoming =>
  at % COMMAND_EVERY === 0
    ? incoming(OWNER, commandAt(at), undefined, at)
    : incoming(OTHERS[at % OTHERS.length] ?? OWNER, { kind: 'plain' }, `Message ${at}`, at);

/**
 * Evaluates stanzas of a group of 50, one in twenty a command.
 * @returns stanzas a second
 * @throws Error when one of them was not applied: then something else was measured
 */
export function kontalkRate(): number {
  const created = incoming(
    OWNER,
    { kind: 'create', subject: 'Benchmark', members: [ME, ...OTHERS] },
    undefined,
    0,
  );
  let world: World = evaluate(emptyWorld(ME), created, ENVIRONMENT).world;
  const refused = new Map<string, number>();
  let passed = 0;
  for (let from = 1; from <= STANZAS; from += BATCH) {
    const stanzas = Array.from({ length: BATCH }, (_, at) => stanzaAt(from + at));
    const started = performance.now();
    for (const stanza of stanzas) {
      const evaluation = evaluate(world, stanza, ENVIRONMENT);
      world = evaluation.world;
      const { outcome } = evaluation.outcome;
      if (outcome !== 'deliver' && outcome !== 'apply-command') {
        refused.set(outcome, (refused.get(outcome) ?? 0) + 1);
      }
    }
    passed += performance.now() - started;
  }
  if (refused.size > 0) throw new Error(`not applied: ${JSON.stringify([...refused])}`);
  return (STANZAS / passed) * 1000;
}
