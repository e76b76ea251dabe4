import { type ByteWriter, writeBytes } from './byte-writer.js';
import { type Frame, MODES, STATES } from './frames.js';

/** The frame as bytes, its length in front. */
export function encodeFrame(frame: Frame): Buffer {
  const bytes = writeBytes((to) => write(frame, to.number(0, 4)));
  bytes.writeUInt32BE(bytes.length - 4);
  return bytes;
}

function write(frame: Frame, to: ByteWriter): void {
  switch (frame.kind) {
    case 'hello':
      to.number(1, 1).number(frame.version, 1).bytes(frame.incarnation).bytes(frame.nonce);
      break;
    case 'prove':
      to.number(2, 1).number(frame.version, 1).bytes(frame.session).bytes(frame.nonce);
      to.bytes(frame.proof).number(frame.received, 6).number(Number(frame.serves), 1);
      to.rest(frame.events.join(' '));
      break;
    case 'welcome':
      to.number(3, 1).bytes(frame.proof).number(STATES.indexOf(frame.session), 1).number(frame.taken, 6);
      to.number(MODES.indexOf(frame.mode), 1).rest(frame.domain);
      break;
    case 'refuse':
      to.number(4, 1).number(frame.reason, 1).rest(frame.text);
      break;
    case 'stanza':
      to.number(5, 1).number(frame.number, 6).number(Number(frame.again), 1).number(frame.done, 2);
      to.number(frame.since, 6).number(frame.first, 6).rest(frame.xml);
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
    case 'groups':
      to.number(11, 1)
        .number(frame.number, 6)
        .number(Number(frame.begins) + 2 * Number(frame.ends), 1);
      for (const name of frame.names) to.text(name);
      break;
    case 'claim':
      to.number(12, 1).number(frame.number, 6).rest(frame.name);
      break;
    case 'claimed':
      to.number(13, 1).number(Number(frame.free), 1).rest(frame.name);
      break;
    case 'release':
      to.number(14, 1).number(frame.number, 6).rest(frame.name);
      break;
    case 'event':
      to.number(15, 1).number(frame.number, 6).number(Number(frame.again), 1).number(frame.since, 6);
      to.text(frame.name).text(frame.user).rest(frame.xml);
      break;
    case 'company':
      to.number(16, 1).number(frame.runners, 2);
      break;
  }
}
