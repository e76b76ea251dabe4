import { NS } from '@xmpp-groups/core/xml';

/** What is asked for: fields of the form, and the page. */
export interface Question {
  readonly fields?: Readonly<Record<string, string>>;
  readonly max?: number;
  /** Empty: the last page. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** What the answer to an IQ says. */
export interface Answer {
  readonly id: string;
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly count: number | undefined;
  readonly isComplete: boolean;
  readonly isError: boolean;
  /** What came since the answer before. */
  readonly bytes: number;
}

/** An answer, and how long it took. */
export interface Timed extends Answer {
  /** Milliseconds from the request to the first bytes, where nothing else was going on, and to the end of the answer. */
  readonly firstByteMs: number;
  readonly ms: number;
}

export interface Asker {
  /** Asks a group for a page of its archive (XEP-0313), as somebody. */
  ask(group: string, from: string, question: Question): Promise<Timed>;
  /** Asks for what no group understands: the least that a daemon can do for a request. */
  askNothing(group: string, from: string): Promise<Timed>;
}

const PAGE = 50;
const PATIENCE_MS = 60_000;

const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${text}</${name}>`;

function questionText(group: string, from: string, id: string, question: Question): string {
  const { fields = {}, max = PAGE, before, after } = question;
  const form = Object.entries({ FORM_TYPE: NS.mam, ...fields })
    .map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`)
    .join('');
  return (
    `<iq type='set' from='${from}/bench' to='${group}' id='${id}'><query xmlns='${NS.mam}' queryid='${id}'>` +
    `<x xmlns='jabber:x:data' type='submit'>${form}</x><set xmlns='${NS.rsm}'><max>${max}</max>` +
    `${element('before', before)}${element('after', after)}</set></query></iq>`
  );
}

/** @param firstByte see `AnswerReader` */
export function askerOn(
  send: (text: string) => Promise<void>,
  firstByte: () => number | undefined,
): Asker & { take(answer: Answer): void } {
  const waiting = new Map<string, (answer: Answer) => void>();
  let asked = 0;
  const timed = async (textOf: (id: string) => string): Promise<Timed> => {
    asked += 1;
    const id = `q${asked}`;
    const answered = new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${id} was not answered`)), PATIENCE_MS);
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
    firstByte();
    const started = performance.now();
    await send(textOf(id));
    const answer = await answered;
    const ms = performance.now() - started;
    return { ...answer, ms, firstByteMs: (firstByte() ?? started + ms) - started };
  };
  return {
    take: (answer) => {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    },
    ask: (group, from, question) => timed((id) => questionText(group, from, id, question)),
    askNothing: (group, from) =>
      timed(
        (id) => `<iq type='get' from='${from}/bench' to='${group}' id='${id}'><nothing xmlns='urn:x'/></iq>`,
      ),
  };
}
