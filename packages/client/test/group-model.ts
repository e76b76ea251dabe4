import { type FakeConnection, settled } from './fake-connection.js';
import { card, cards, item, live, retraction, rewritten } from './group-side.js';

/** A group with an archive behind a fake connection, which answers when it is told to. */
export interface GroupModel {
  /** Somebody writes: the archive has it, and it is on its way to who is online. */
  post(): void;
  /** A message is retracted. */
  rewrite(): void;
  /** What is on its way arrives. `twice`: the newest of it once more. */
  deliver(twice: boolean): void;
  /** Answers the oldest open question. */
  answer(): Promise<void>;
  drop(): void;
  connect(resumed: boolean): void;
  /** Everything arrives and is answered. */
  rest(): Promise<void>;
  /** All that happened, as a client that misses nothing tells it. */
  readonly messages: readonly string[];
  readonly rewrites: readonly number[];
}

const PAGE = 3;

const attributeIn = (text: string, name: string): string =>
  new RegExp(` ${name}='([^']*)'`).exec(text)?.[1] ?? '';

export function groupModel(connection: FakeConnection): GroupModel {
  const messages: string[] = [];
  const rewrites: number[] = [];
  let underWay: string[] = [];
  let answered = 0;
  let online = false;

  const idOf = (at: number): string => String(101 + at);
  const send = (stanza: string): void => {
    if (online) underWay.push(stanza);
  };

  const reply = (question: string): void => {
    if (question.includes('#members')) cards(connection, 1, card('me'));
    else if (question.includes('urn:xmpp:mam:2')) {
      const after = Number(/<after>(\d+)<\/after>/.exec(question)?.[1] ?? '100') - 100;
      const queryId = attributeIn(question, 'queryid');
      const shown = messages.slice(after, after + PAGE);
      for (const [at, text] of shown.entries()) item(connection, queryId, idOf(after + at), text);
      const ends =
        shown.length === 0
          ? ''
          : `<first>${idOf(after)}</first><last>${idOf(after + shown.length - 1)}</last>`;
      const complete = after + shown.length >= messages.length ? " complete='true'" : '';
      connection.answer(
        queryId,
        `<fin xmlns='urn:xmpp:mam:2' queryid='${queryId}'${complete}><set xmlns='http://jabber.org/protocol/rsm'>${ends}</set></fin>`,
      );
    } else {
      const since = Number(attributeIn(question, 'version'));
      for (const version of rewrites) if (version > since) connection.receive(retraction(version, '1'));
      rewritten(connection, rewrites.length);
    }
  };

  const deliver = (twice: boolean): void => {
    if (!online) return;
    const last = underWay.at(-1);
    for (const stanza of underWay.splice(0)) connection.receive(stanza);
    if (twice && last !== undefined) connection.receive(last);
  };

  const answer = async (): Promise<void> => {
    const question = online ? connection.sent[answered] : undefined;
    if (question === undefined) return;
    answered += 1;
    // What was sent before an answer arrives before it.
    deliver(false);
    reply(question);
    await settled();
  };

  return {
    messages,
    rewrites,
    post: () => {
      messages.push(`message ${messages.length}`);
      send(live(idOf(messages.length - 1), messages.at(-1) ?? ''));
    },
    rewrite: () => {
      rewrites.push(rewrites.length + 1);
      send(retraction(rewrites.length, '1'));
    },
    deliver,
    answer,
    drop: () => {
      if (!online) return;
      online = false;
      connection.offline();
    },
    connect: (resumed) => {
      if (online) return;
      online = true;
      // In a new session nothing of the one before is answered, and what was on its way is lost.
      if (!resumed) {
        underWay = [];
        answered = connection.sent.length;
      }
      connection.online(resumed);
    },
    rest: async () => {
      while (answered < connection.sent.length) await answer();
      deliver(false);
      await settled();
      while (answered < connection.sent.length) await answer();
    },
  };
}
