/** What is told of a stanza of the daemon; it is not parsed, which would need more time than making it. */
export interface Heard {
  /** `copy`, `echo`, `error` (with its condition) or anything else. */
  readonly kind: 'copy' | 'echo' | 'error' | 'other';
  /** The number of the message that it is about; `undefined`: it is about none. */
  readonly number: number | undefined;
  readonly condition: string | undefined;
  readonly to: string;
}

const START = /^<(message|presence|iq)\s([^>]*?)(\/?)>/;
const MARK = /copy#(\d{7});/;
const CONDITION = /<error[^>]*>[\s\S]*?<([a-z-]+) xmlns=['"]urn:ietf:params:xml:ns:xmpp-stanzas/;

/** Cuts a stream of the daemon into stanzas, wherever the chunks end, and says what each is about. */
export function stanzaReader(heard: (stanza: Heard) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let text = '';

  const take = (): void => {
    for (;;) {
      const start = START.exec(text);
      if (start === null) return;
      const [tag, name, attributes = '', slash] = start;
      const closing = `</${name}>`;
      const end = slash === '/' ? tag.length : endOf(text, name ?? '', closing);
      if (end < 0) return;
      heard(tell(text.slice(0, end), attributes));
      text = text.slice(end);
    }
  };
  return (chunk) => {
    // A character may be cut in two: what is held ends with a `>`.
    held.push(Buffer.from(chunk));
    if (chunk.at(-1) !== 0x3e) return;
    text += Buffer.concat(held).toString('utf8');
    held = [];
    take();
  };
}

/** Where the stanza ends that the text begins with; stanzas of the same name may be inside. -1: not yet. */
function endOf(text: string, name: string, closing: string): number {
  let depth = 0;
  const tags = new RegExp(`<${name}[\\s>][^>]*?(/?)>|${closing}`, 'g');
  for (let tag = tags.exec(text); tag !== null; tag = tags.exec(text)) {
    if (tag[0] === closing) depth -= 1;
    else if (tag[1] !== '/') depth += 1;
    if (depth === 0) return tags.lastIndex;
  }
  return -1;
}

function tell(stanza: string, attributes: string): Heard {
  const to = /\bto='([^']*)'/.exec(attributes)?.[1] ?? '';
  const mark = MARK.exec(stanza)?.[1];
  const number = mark === undefined ? undefined : Number(mark);
  if (/\btype='error'/.test(attributes)) {
    return { kind: 'error', number, condition: CONDITION.exec(stanza)?.[1], to };
  }
  const kind = number === undefined ? 'other' : /\btype='headline'/.test(attributes) ? 'echo' : 'copy';
  return { kind, number, condition: undefined, to };
}
