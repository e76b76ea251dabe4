import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { answerRequests } from './answer.js';
import type { Source } from './source.js';

const framed = (text: string): Buffer => {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.of(content.length >> 8, content.length & 255), content]);
};

/** A conversation with a source; what is written and logged is kept. */
function conversation(source: Source, limit = 60_000) {
  const input = new PassThrough();
  const ending = new AbortController();
  const answers: number[][] = [];
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const reply = async (bytes: Uint8Array): Promise<void> => void answers.push([...bytes]);
  const over = answerRequests({ input, reply, source, limit, log, ending: ending.signal });
  return { input, ending, answers, log: () => lines.join(''), over };
}

/** Only the password "yes" is right. */
const saysYes: Source = async (request) => 'password' in request && request.password === 'yes';

const YES = [0, 2, 0, 1];
const NO = [0, 2, 0, 0];

describe('answerRequests', () => {
  it('answers each request, in the order in which they came, until the input ends', async () => {
    const { input, answers, over, log } = conversation(async (request, signal) => {
      // The first takes longest.
      if (request.jid === 'slow@h') await new Promise((resolve) => setImmediate(resolve));
      return saysYes(request, signal);
    });
    input.write(
      Buffer.concat([
        framed('auth:slow:h:yes'),
        framed('auth:a:h:no'),
        framed('auth:a:h:yes').subarray(0, 5),
      ]),
    );
    input.end(framed('auth:a:h:yes').subarray(5));
    expect(await over).toBe(0);
    expect(answers).toEqual([YES, NO, YES]);
    expect(log()).not.toContain('"password"');
  });

  it('refuses what is no request, logs it without its content, and goes on', async () => {
    const { input, answers, over, log } = conversation(saysYes);
    for (const text of ['', 'hidden', 'auth:a:h', 'auth:a:h:yes']) input.write(framed(text));
    input.end();
    expect(await over).toBe(0);
    expect(answers).toEqual([NO, NO, NO, YES]);
    expect(log().match(/refused a request/g)).toHaveLength(3);
    expect(log()).not.toContain('hidden');
  });

  it.each<readonly [string, Source, RegExp]>([
    ['fails', () => Promise.reject(new Error('the reason')), /the reason/],
    ['never answers', () => new Promise(() => undefined), /there was no answer within/],
  ])('refuses when the source %s, and goes on', async (_what, fault, says) => {
    const { input, answers, over, log } = conversation(
      (request, signal) => (request.jid === 'bad@h' ? fault(request, signal) : saysYes(request, signal)),
      100,
    );
    input.write(framed('isuser:bad:h'));
    input.end();
    await over;
    expect(answers).toEqual([NO]);
    expect(log()).toMatch(says);
  });

  it('refuses those whose time was over before their turn', async () => {
    const { input, answers, over, log } = conversation(saysYes, 0);
    input.end(Buffer.concat([framed('auth:a:h:yes'), framed('auth:b:h:yes')]));
    await over;
    expect(answers).toEqual([NO, NO]);
    expect(log().match(/"message":"its turn came too late"/g)).toHaveLength(2);
  });

  it('ends when it is told to, after the request at hand', async () => {
    let answer: (yes: boolean) => void = () => undefined;
    const { input, answers, ending, over } = conversation(
      () =>
        new Promise((resolve) => {
          answer = resolve;
          ending.abort();
        }),
    );
    input.write(Buffer.concat([framed('isuser:a:h'), framed('isuser:b:h')]));
    while (!ending.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
    answer(true);
    expect(await over).toBe(0);
    expect(answers).toEqual([YES]);
  });

  it('ends at once when it is told to and nobody asks', async () => {
    const { ending, over } = conversation(saysYes);
    ending.abort();
    expect(await over).toBe(0);
  });

  it('tells of an input that ends within a request', async () => {
    const { input, over, log } = conversation(saysYes);
    input.end(framed('auth:a:h:yes').subarray(0, 5));
    expect(await over).toBe(0);
    expect(log()).toContain('the input ended within a request');
  });

  it('ends with 1 when nobody reads the answers, or the input breaks', async () => {
    const input = new PassThrough();
    const common = { source: saysYes, limit: 1000, log: pino({ enabled: false }) };
    const ending = new AbortController().signal;
    const reply = (): Promise<void> => Promise.reject(new Error('EPIPE'));
    const over = answerRequests({ ...common, input, reply, ending });
    input.write(framed('isuser:a:h'));
    expect(await over).toBe(1);
    const broken = conversation(saysYes);
    broken.input.destroy(new Error('EIO'));
    expect(await broken.over).toBe(1);
  });
});
