import { EventEmitter, once } from 'node:events';
import type { Jid } from '@xmpp-groups/core/jid';
import { err, ok } from '@xmpp-groups/core/result';
import { parse, type XmlElement } from '@xmpp-groups/core/xml';
import type { Link, LinkEvents, WriteOutcome } from '../src/link/link.js';
import { bare } from './jids.js';

/** A question that was asked over a fake link. */
export interface Question {
  readonly to: Jid;
  readonly from: Jid | undefined;
  readonly payload: XmlElement;
  /** Answers it with an IQ of type `result`; `undefined`: no answer comes. */
  answer(iq: XmlElement | undefined): void;
}

/** A link without a server. */
export interface FakeLink extends Link {
  /** Whether the link is listened to. */
  isHeard: boolean;
  /** What the next writes come to. */
  outcome: WriteOutcome;
  /** The texts that were taken, one for each write. */
  readonly written: string[];
  readonly questions: Question[];
  /** Fulfilled when all that was written together matches. */
  writes(pattern: RegExp): Promise<RegExpExecArray>;
  /** Fulfilled with the next question. */
  asks(): Promise<Question>;
}

export function fakeLink(): FakeLink {
  const events = new EventEmitter<LinkEvents>();
  const news = new EventEmitter<{ written: []; asked: [Question] }>();
  news.setMaxListeners(0);
  const outcome: WriteOutcome = 'taken';
  const written: string[] = [];
  const questions: Question[] = [];
  const link: FakeLink = Object.assign<typeof events, Omit<FakeLink, keyof typeof events>>(events, {
    domain: bare('groups.example.com'),
    isHeard: true,
    outcome,
    written,
    questions,
    isUp: () => true,
    fits: () => true,
    start: async () => ok(undefined),
    stop: async () => undefined,
    write: (text: string) => {
      if (link.outcome !== 'down') {
        link.written.push(text);
        news.emit('written');
      }
      return link.outcome;
    },
    listen: (isWanted: boolean) => {
      link.isHeard = isWanted;
    },
    query: (to: Jid, payload: XmlElement, _type: 'get' | 'set', options?: { from?: Jid }) =>
      new Promise<Awaited<ReturnType<Link['query']>>>((resolve) => {
        const question: Question = {
          to,
          from: options?.from,
          payload,
          answer: (iq) => resolve(iq === undefined ? err({ kind: 'timeout' }) : ok(iq)),
        };
        link.questions.push(question);
        news.emit('asked', question);
      }),
    writes: async (pattern: RegExp) => {
      for (;;) {
        const found = pattern.exec(link.written.join(''));
        if (found !== null) return found;
        await once(news, 'written');
      }
    },
    asks: async () => {
      const [question] = await once(news, 'asked');
      return question;
    },
  });
  return link;
}

/** An element from text that is known to be well-formed. */
export function elementFrom(text: string): XmlElement {
  const read = parse(text);
  if (!read.ok) throw new Error(`${read.error.path} ${read.error.reason} in ${text}`);
  return read.value;
}

/** The stanzas in a text of several. Fails when it is not well-formed. */
export const stanzasIn = (text: string): XmlElement[] =>
  elementFrom(`<stream>${text}</stream>`).children.filter((child) => typeof child !== 'string');
