import { err, ok, type Result } from '@xmpp-groups/core/result';
import { type ByteReader, readBytes } from './byte-reader.js';
import { type ByteWriter, writeBytes } from './byte-writer.js';

/** The version of the protocol that is spoken here (docs/shim-protocol.md). */
export const VERSION = 1;

/** How many bytes a frame may have, the length in front of it not counted. */
export const LONGEST_FRAME = 16 * 1024 * 1024;

/** Names of sessions and incarnations. */
export const ID_BYTES = 16;
/** Nonces and proofs. */
export const KEY_BYTES = 32;

/** What the module inside the server says. */
export type ShimFrame =
  | { readonly kind: 'hello'; readonly version: number; readonly incarnation: Buffer; readonly nonce: Buffer }
  /** `resumed`: the session goes on; `taken`: the last frame of the runner that has been routed. */
  | {
      readonly kind: 'welcome';
      readonly proof: Buffer;
      readonly resumed: boolean;
      readonly taken: number;
      readonly domain: string;
    }
  | { readonly kind: 'refuse'; readonly reason: number; readonly text: string }
  /**
   * `again`: an earlier runner has had it, and `done` frames that it caused have been routed. `since`: when the
   * server took it from its sender, by the clock of the machine, in milliseconds since the epoch.
   */
  | {
      readonly kind: 'stanza';
      readonly number: number;
      readonly again: boolean;
      readonly done: number;
      readonly since: number;
      readonly xml: string;
    }
  /** Everything up to this frame of the runner has been routed. */
  | { readonly kind: 'taken'; readonly number: number };

/** What a runner says once it is welcome; numbers only ever grow. `cause`: a stanza, or 0. */
export type NumberedFrame =
  | { readonly kind: 'route'; readonly number: number; readonly cause: number; readonly xml: string }
  /** The stanza of `xml`, which has no `to`, once for each recipient. */
  | {
      readonly kind: 'fanOut';
      readonly number: number;
      readonly cause: number;
      readonly recipients: readonly string[];
      readonly xml: string;
    }
  /** All that follows from these stanzas is durable, and was said before. */
  | { readonly kind: 'acknowledge'; readonly number: number; readonly stanzas: readonly number[] }
  /** This stanza cannot be read; its sender gets an error with this text. */
  | { readonly kind: 'reject'; readonly number: number; readonly stanza: number; readonly text: string };

/** What a runner says. `received`: the last stanza that it got in this session. */
export type RunnerFrame =
  | {
      readonly kind: 'prove';
      readonly version: number;
      readonly session: Buffer;
      readonly nonce: Buffer;
      readonly proof: Buffer;
      readonly received: number;
    }
  | NumberedFrame;

export type Frame = ShimFrame | RunnerFrame;

/** The frame as bytes, its length in front. */
export function encodeFrame(frame: Frame): Buffer {
  const bytes = writeBytes((to) => write(frame, to));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function write(frame: Frame, to: ByteWriter): void {
  switch (frame.kind) {
    case 'hello':
      to.number(1, 1).number(frame.version, 1).bytes(frame.incarnation).bytes(frame.nonce);
      break;
    case 'prove':
      to.number(2, 1).number(frame.version, 1).bytes(frame.session).bytes(frame.nonce);
      to.bytes(frame.proof).number(frame.received, 6);
      break;
    case 'welcome':
      to.number(3, 1).bytes(frame.proof).number(Number(frame.resumed), 1).number(frame.taken, 6);
      to.rest(frame.domain);
      break;
    case 'refuse':
      to.number(4, 1).number(frame.reason, 1).rest(frame.text);
      break;
    case 'stanza':
      to.number(5, 1).number(frame.number, 6).number(Number(frame.again), 1).number(frame.done, 2);
      to.number(frame.since, 6).rest(frame.xml);
      break;
    case 'taken':
      to.number(6, 1).number(frame.number, 6);
      break;
    case 'route':
      to.number(7, 1).number(frame.number, 6).number(frame.cause, 6).rest(frame.xml);
      break;
    case 'fanOut':
      to.number(8, 1).number(frame.number, 6).number(frame.cause, 6).number(frame.recipients.length, 4);
      for (const jid of frame.recipients) to.text(jid);
      to.rest(frame.xml);
      break;
    case 'acknowledge':
      to.number(9, 1).number(frame.number, 6);
      for (const stanza of frame.stanzas) to.number(stanza, 6);
      break;
    case 'reject':
      to.number(10, 1).number(frame.number, 6).number(frame.stanza, 6).rest(frame.text);
      break;
  }
}

/** Reads a frame, given without its length. Never throws; what is short, long or unknown is refused. */
export function decodeFrame(bytes: Buffer): Result<Frame, string> {
  const from = readBytes(bytes);
  const kind = from.number(1);
  const frame = read(kind, from);
  if (frame === undefined) return err(`a frame of the unknown kind ${kind}`);
  return from.isWhole()
    ? ok(frame)
    : err(`a frame of the kind ${kind} that is not ${bytes.length} bytes long`);
}

function read(kind: number, from: ByteReader): Frame | undefined {
  switch (kind) {
    case 1:
      return {
        kind: 'hello',
        version: from.number(1),
        incarnation: from.bytes(ID_BYTES),
        nonce: from.bytes(KEY_BYTES),
      };
    case 2:
      return {
        kind: 'prove',
        version: from.number(1),
        session: from.bytes(ID_BYTES),
        nonce: from.bytes(KEY_BYTES),
        proof: from.bytes(KEY_BYTES),
        received: from.number(6),
      };
    case 3:
      return {
        kind: 'welcome',
        proof: from.bytes(KEY_BYTES),
        resumed: from.number(1) !== 0,
        taken: from.number(6),
        domain: from.rest(),
      };
    case 4:
      return { kind: 'refuse', reason: from.number(1), text: from.rest() };
    case 5:
      return {
        kind: 'stanza',
        number: from.number(6),
        again: from.number(1) !== 0,
        done: from.number(2),
        since: from.number(6),
        xml: from.rest(),
      };
    case 6:
      return { kind: 'taken', number: from.number(6) };
    case 7:
      return { kind: 'route', number: from.number(6), cause: from.number(6), xml: from.rest() };
    case 8:
      return {
        kind: 'fanOut',
        number: from.number(6),
        cause: from.number(6),
        recipients: readRecipients(from.number(4), from),
        xml: from.rest(),
      };
    case 9:
      return { kind: 'acknowledge', number: from.number(6), stanzas: readStanzas(from) };
    case 10:
      return { kind: 'reject', number: from.number(6), stanza: from.number(6), text: from.rest() };
    default:
      return undefined;
  }
}

function readRecipients(count: number, from: ByteReader): string[] {
  const recipients: string[] = [];
  while (recipients.length < count && from.isSound()) recipients.push(from.text());
  return recipients;
}

function readStanzas(from: ByteReader): number[] {
  const stanzas: number[] = [];
  while (from.left() > 0) stanzas.push(from.number(6));
  return stanzas;
}
