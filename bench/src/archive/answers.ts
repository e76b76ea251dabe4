import type { Answer } from './asker.js';

/** Finds the answers to IQs in what a daemon sends; nothing is parsed, which would take longer than making it. */
export interface AnswerReader {
  read(chunk: Buffer): void;
  /** When the first chunk came since the last call, by `performance.now()`. */
  firstByte(): number | undefined;
}

const END = '</iq>';
const ID = /\bid='([^']*)'/;
const FIRST = /<first[^>]*>([^<]*)</;
const LAST = /<last>([^<]*)</;
const COUNT = /<count>(\d+)</;

export function answerReader(found: (answer: Answer) => void): AnswerReader {
  let held = '';
  let searched = 0;
  let bytes = 0;
  let first: number | undefined;

  return {
    read: (chunk) => {
      first ??= performance.now();
      bytes += chunk.length;
      held += chunk.toString('latin1');
      for (let end = held.indexOf(END, searched); end >= 0; end = held.indexOf(END)) {
        const text = held.slice(held.lastIndexOf('<iq ', end), end);
        held = held.slice(end + END.length);
        searched = 0;
        const count = COUNT.exec(text)?.[1];
        found({
          id: ID.exec(text)?.[1] ?? '',
          first: FIRST.exec(text)?.[1],
          last: LAST.exec(text)?.[1],
          count: count === undefined ? undefined : Number(count),
          isComplete: text.includes(`complete='true'`),
          isError: text.includes(`type='error'`),
          bytes,
        });
        bytes = 0;
      }
      const start = held.lastIndexOf('<iq ');
      // Of what is no answer nothing is kept.
      held = held.slice(start >= 0 ? start : -END.length);
      searched = Math.max(0, held.length - END.length);
    },
    firstByte: () => {
      const at = first;
      first = undefined;
      return at;
    },
  };
}
