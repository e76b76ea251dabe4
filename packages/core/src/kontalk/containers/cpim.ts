import { dateTime } from '../../codec/index.js';
import { failure, ok, type Result } from '../../result.js';
import { safeUserId, userIdsIn } from '../keys/user-id.js';

/** What Kontalk encrypts: a text or a stanza, with headers that are signed along with it (RFC 3862; reference 4.2). */
export interface Cpim {
  /** The user id of the signer's key. */
  readonly from: string;
  /** The user ids of the recipients' keys. */
  readonly to: readonly string[];
  /** When it was written, in milliseconds since the epoch; `undefined` when that cannot be read. */
  readonly at: number | undefined;
  /** The media type of the content, in lower case, without parameters. */
  readonly type: string;
  readonly content: string;
}

/** The media type of a stanza inside (RFC 3923, section 11). */
export const STANZA_TYPE = 'application/xmpp+xml';

/** The media type of a text inside. */
export const TEXT_TYPE = 'text/plain';

const ENVELOPE_TYPE = 'message/cpim';

/**
 * The text of a message, as Kontalk's clients write and read it: lines that end in LF, three blocks with an empty line
 * between them, the time without milliseconds, recipients behind each other. User ids that would break out of their
 * line or their list are closed up.
 */
export function writeCpim({ from, to, at, type, content }: Cpim & { readonly at: number }): string {
  return [
    'Content-type: Message/CPIM',
    '',
    `From: ${safeUserId(from)}`,
    `To: ${to.map(safeUserId).join('; ')}`,
    `DateTime: ${dateTime.format(at).slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}+00:00`,
    '',
    `Content-type: ${type}; charset=utf-8`,
    '',
    content,
  ].join('\n');
}

/**
 * Reads a message as leniently as Kontalk's clients do: headers in any order and case, unknown ones passed over, of
 * several the last, CR before LF. Fails when one of the blocks, or a header but the time, is missing.
 */
export function readCpim(text: string): Result<Cpim> {
  const envelope = readHeaders(text, 0);
  if (mediaType(envelope.headers.get('content-type')) !== ENVELOPE_TYPE)
    return failure('cpim', 'not a CPIM message');
  const message = readHeaders(text, envelope.end);
  const content = readHeaders(text, message.end);
  const from = message.headers.get('from');
  const to = message.headers.get('to');
  const type = mediaType(content.headers.get('content-type'));
  if (from === undefined) return failure('cpim/from', 'missing');
  if (to === undefined) return failure('cpim/to', 'missing');
  if (type === undefined) return failure('cpim/content-type', 'missing');
  const at = dateTime.parse(message.headers.get('datetime') ?? '');
  return ok({
    from,
    to: userIdsIn(to),
    at: at.ok ? at.value : undefined,
    type,
    content: text.slice(content.end),
  });
}

interface Headers {
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Where the next block begins. */
  readonly end: number;
}

/** The lines from `start` to the next empty one. */
function readHeaders(text: string, start: number): Headers {
  const headers = new Map<string, string>();
  let at = start;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, end).trim();
    at = end + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, end: Math.min(at, text.length) };
}

const mediaType = (header: string | undefined): string | undefined => {
  const type = header?.split(';')[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
};
