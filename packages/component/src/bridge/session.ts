import { randomBytes } from 'node:crypto';
import type { HandOver } from '../link/link.js';
import { encodeFrame, ID_BYTES, type NumberedFrame, type ShimFrame } from './frames.js';

/** A frame before it has its number; `about` is a stanza that it belongs to. */
export type Utterance =
  | { readonly kind: 'route'; readonly about?: HandOver | undefined; readonly xml: string }
  | {
      readonly kind: 'fanOut';
      readonly about?: HandOver | undefined;
      readonly recipients: readonly string[];
      readonly xml: string;
    }
  | { readonly kind: 'acknowledge'; readonly stanzas: readonly HandOver[] }
  | { readonly kind: 'reject'; readonly stanza: HandOver; readonly text: string };

/**
 * What one runner and a shim have told each other, over all connections between them: a frame is kept until the
 * other side has confirmed it, and sent again when a connection broke before that.
 */
export interface Session {
  readonly id: Buffer;
  /** The number of the last stanza that came. */
  received(): number;
  /** The bytes of a new frame, to be sent now if there is a connection; `undefined` when it says nothing. */
  say(utterance: Utterance): Buffer | undefined;
  /** The shim has routed everything up to this frame. */
  taken(number: number): void;
  /**
   * Takes a stanza that came in.
   * @returns by which it is acknowledged; `undefined`: it came before
   */
  take(stanza: Extract<ShimFrame, { kind: 'stanza' }>): HandOver | undefined;
  /**
   * A shim has let this runner in. One that knows nothing of the session, because it was started anew or another
   * runner came between, gives its stanzas again: what was received before means nothing to it.
   * @returns the bytes of what it has not routed yet, in order
   */
  welcome(frame: Extract<ShimFrame, { kind: 'welcome' }>, incarnation: Buffer): Buffer[];
  /** How many bytes are not confirmed. */
  unconfirmed(): number;
  /** How many stanzas were taken, and not acknowledged or rejected yet. */
  unacknowledged(): number;
}

interface Kept {
  readonly number: number;
  readonly utterance: Utterance;
  readonly size: number;
}

/** Where a stanza came from: numbers mean something within one episode only. */
interface Place {
  readonly episode: object;
  readonly number: number;
}

export function createSession(): Session {
  const id = randomBytes(ID_BYTES);
  let episode = {};
  let name = '';
  let received = 0;
  let last = 0;
  let kept: Kept[] = [];
  let size = 0;
  let open = 0;
  const places = new WeakMap<HandOver, Place>();

  /** The number that the shim of today knows a stanza by. */
  const numberOf = (handOver: HandOver): number[] => {
    const place = places.get(handOver);
    return place?.episode === episode ? [place.number] : [];
  };

  const frameOf = (utterance: Utterance, number: number): NumberedFrame | undefined => {
    if (utterance.kind === 'acknowledge') {
      const stanzas = utterance.stanzas.flatMap(numberOf);
      return stanzas.length === 0 ? undefined : { kind: 'acknowledge', number, stanzas };
    }
    if (utterance.kind === 'reject') {
      const [stanza] = numberOf(utterance.stanza);
      return stanza === undefined ? undefined : { kind: 'reject', number, stanza, text: utterance.text };
    }
    const { about, ...rest } = utterance;
    return { ...rest, number, cause: (about && numberOf(about)[0]) ?? 0 };
  };

  return {
    id,
    received: () => received,
    say: (utterance) => {
      const frame = frameOf(utterance, last + 1);
      if (frame === undefined) return undefined;
      last += 1;
      if (frame.kind === 'acknowledge') open -= frame.stanzas.length;
      else if (frame.kind === 'reject') open -= 1;
      const bytes = encodeFrame(frame);
      kept.push({ number: last, utterance, size: bytes.length });
      size += bytes.length;
      return bytes;
    },
    taken: (number) => {
      const count = kept.findIndex((entry) => entry.number > number);
      for (const entry of kept.splice(0, count < 0 ? kept.length : count)) size -= entry.size;
    },
    take: ({ number, again, done, since }) => {
      if (number <= received) return undefined;
      received = number;
      open += 1;
      const handOver: HandOver = {
        id: `${name}-${number}`,
        ...(again ? { again: { since, said: done } } : {}),
      };
      places.set(handOver, { episode, number });
      return handOver;
    },
    welcome: ({ resumed, taken }, incarnation) => {
      if (!resumed) {
        episode = {};
        name = incarnation.toString('hex');
        received = 0;
        open = 0;
      }
      const left = kept.filter(({ number }) => number > taken);
      kept = [];
      size = 0;
      return left.flatMap(({ number, utterance }) => {
        const frame = frameOf(utterance, number);
        if (frame === undefined) return [];
        const bytes = encodeFrame(frame);
        kept.push({ number, utterance, size: bytes.length });
        size += bytes.length;
        return [bytes];
      });
    },
    unconfirmed: () => size,
    unacknowledged: () => open,
  };
}
