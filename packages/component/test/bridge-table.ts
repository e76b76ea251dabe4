import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Frame, MODES, STATES } from '../src/bridge/frames.js';

const bytes = z.string().transform((hex) => Buffer.from(hex, 'hex'));
const version = z.number();
const number = z.number();
const cause = z.number();
const name = z.string();
const xml = z.string();

/** The frames as the table has them: bytes in hexadecimal. */
const frame: z.ZodType<Frame, unknown> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hello'), version, incarnation: bytes, nonce: bytes }),
  z.strictObject({
    kind: z.literal('prove'),
    version,
    session: bytes,
    nonce: bytes,
    proof: bytes,
    received: number,
    serves: z.boolean(),
    events: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('welcome'),
    proof: bytes,
    session: z.enum(STATES),
    taken: number,
    mode: z.enum(MODES),
    domain: z.string(),
  }),
  z.strictObject({ kind: z.literal('refuse'), reason: number, text: z.string() }),
  z.strictObject({
    kind: z.literal('stanza'),
    number,
    again: z.boolean(),
    done: number,
    since: number,
    first: number,
    xml,
  }),
  z.strictObject({ kind: z.literal('taken'), number }),
  z.strictObject({ kind: z.literal('route'), number, cause, xml }),
  z.strictObject({ kind: z.literal('fanOut'), number, cause, recipients: z.array(z.string()), xml }),
  z.strictObject({ kind: z.literal('acknowledge'), number, stanzas: z.array(number) }),
  z.strictObject({ kind: z.literal('reject'), number, stanza: number, text: z.string() }),
  z.strictObject({
    kind: z.literal('groups'),
    number,
    begins: z.boolean(),
    ends: z.boolean(),
    names: z.array(name),
  }),
  z.strictObject({ kind: z.literal('claim'), number, name }),
  z.strictObject({ kind: z.literal('claimed'), free: z.boolean(), name }),
  z.strictObject({ kind: z.literal('release'), number, name }),
  z.strictObject({
    kind: z.literal('event'),
    number,
    again: z.boolean(),
    since: number,
    name,
    user: z.string(),
    xml,
  }),
  z.strictObject({ kind: z.literal('company'), runners: number }),
]);

const table = z.strictObject({
  frames: z.array(z.strictObject({ frame, bytes })),
  unreadable: z.array(z.strictObject({ why: z.string(), bytes })),
  proofs: z.strictObject({
    secret: z.string(),
    shimNonce: bytes,
    runnerNonce: bytes,
    incarnation: bytes,
    session: bytes,
    runner: bytes,
    shim: bytes,
  }),
});

/** The table of bytes that the module inside ejabberd is tested with, too. */
export const TABLE = table.parse(
  JSON.parse(readFileSync(new URL('../../../erlang-shim/test/frames.json', import.meta.url), 'utf8')),
);
