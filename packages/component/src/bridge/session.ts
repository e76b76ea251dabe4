import { randomBytes } from 'node:crypto';
import type { HandOver } from '../link/link.js';
import { ID_BYTES, type NumberedFrame, type ShimFrame } from './frames.js';
import { encodeFrame } from './write-frame.js';

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
  | { readonly kind: 'reject'; readonly stanza: HandOver; readonly text: string }
  | Unnumbered<'groups' | 'claim' | 'release'>;

type Unnumbered<Kind extends NumberedFrame['kind']> = Kind extends Kind
  ? Omit<Extract<NumberedFrame, { kind: Kind }>, 'number'>
  : never;

/** What comes in and is to be acknowledged. */
type Numbered = Extract<ShimFrame, { kind: 'stanza' | 'event' }>;

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
   * Takes a stanza, or an event with a number, that came in.
   * @returns by which it is acknowledged; `undefined`: it came before
   */
  take(frame: Numbered): HandOver | undefined;
  /**
   * A shim has let this runner in. To one that was started anew, what was received before means nothing. One that has
   * given the stanzas of this session to another runner hears nothing of what follows from them, now or later.
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

/** While the shim is the same and nobody else has got what this runner had: numbers mean something within one only. */
interface Episode {
  isReplaced: boolean;
}

/** Where a stanza came from. */
interface Place {
  readonly episode: Episode;
  readonly number: number;
}

export function createSession(): Session {
  const id = randomBytes(ID_BYTES);
  let episode: Episode = { isReplaced: false };
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
    if (utterance.kind !== 'route' && utterance.kind !== 'fanOut') return { ...utterance, number };
    const { about, ...rest } = utterance;
    if (about !== undefined && places.get(about)?.episode.isReplaced) return undefined;
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
    take: (frame) => {
      const { number, again, since } = frame;
      if (number <= received) return undefined;
      received = number;
      open += 1;
      const [first, said] = frame.kind === 'stanza' ? [frame.first, frame.done] : [number, 0];
      const handOver: HandOver = {
        id: `${name}-${first}`,
        ...(again ? { again: { since, said } } : {}),
      };
      places.set(handOver, { episode, number });
      return handOver;
    },
    welcome: ({ session: state, taken }, incarnation) => {
      if (state !== 'resumed') {
        const before = name;
        name = incarnation.toString('hex');
        // The same shim forgets sessions after a while.
        episode.isReplaced = before === name;
        if (!episode.isReplaced) received = 0;
        episode = { isReplaced: false };
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
