import { err, ok, type Result } from '@xmpp-groups/core/result';
import { type ByteReader, readBytes } from './byte-reader.js';
import { type Frame, ID_BYTES, KEY_BYTES, MODES, STATES } from './frames.js';

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
        serves: from.flag(),
        events: from.rest().split(' ').filter(Boolean),
      };
    case 3:
      return {
        kind: 'welcome',
        proof: from.bytes(KEY_BYTES),
        session: from.oneOf(STATES),
        taken: from.number(6),
        mode: from.oneOf(MODES),
        domain: from.rest(),
      };
    case 4:
      return { kind: 'refuse', reason: from.number(1), text: from.rest() };
    case 5:
      return {
        kind: 'stanza',
        number: from.number(6),
        again: from.flag(),
        done: from.number(2),
        since: from.number(6),
        first: from.number(6),
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
    case 11: {
      const number = from.number(6);
      const flags = from.number(1);
      return { kind: 'groups', number, begins: flags % 2 === 1, ends: flags >= 2, names: readNames(from) };
    }
    case 12:
      return { kind: 'claim', number: from.number(6), name: from.rest() };
    case 13:
      return { kind: 'claimed', free: from.flag(), name: from.rest() };
    case 14:
      return { kind: 'release', number: from.number(6), name: from.rest() };
    case 15:
      return {
        kind: 'event',
        number: from.number(6),
        again: from.flag(),
        since: from.number(6),
        name: from.text(),
        user: from.text(),
        xml: from.rest(),
      };
    case 16:
      return { kind: 'company', runners: from.number(2) };
    default:
      return undefined;
  }
}

function readRecipients(count: number, from: ByteReader): string[] {
  const recipients: string[] = [];
  while (recipients.length < count && from.isSound()) recipients.push(from.text());
  return recipients;
}

function readNames(from: ByteReader): string[] {
  const names: string[] = [];
  while (from.left() > 0 && from.isSound()) names.push(from.text());
  return names;
}

function readStanzas(from: ByteReader): number[] {
  const stanzas: number[] = [];
  while (from.left() > 0) stanzas.push(from.number(6));
  return stanzas;
}
