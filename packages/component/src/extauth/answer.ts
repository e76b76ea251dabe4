import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { answerFrame, createFrameReader } from './frames.js';
import { within } from './limit.js';
import { readRequest } from './request.js';
import type { Source } from './source.js';

export interface Conversation {
  readonly input: Readable;
  /** Resolves when the bytes are written; rejects when nobody reads them any more. */
  readonly reply: (bytes: Uint8Array) => Promise<void>;
  readonly source: Source;
  /** Milliseconds from the arrival of a request until it is answered, one way or the other. */
  readonly limit: number;
  readonly log: Logger;
  /** Ends the conversation, after the request at hand. */
  readonly ending: AbortSignal;
}

/**
 * Answers requests in the order in which they come, each with one frame, until the input ends or `ending` is
 * aborted. What is no request, and what cannot be answered in time, is refused, with a line in the log.
 * @returns 1 when the conversation broke off
 */
export async function answerRequests({
  input,
  reply,
  source,
  limit,
  log,
  ending,
}: Conversation): Promise<0 | 1> {
  const frames = createFrameReader();
  const stop = (): void => void input.destroy();
  ending.addEventListener('abort', stop);
  try {
    for await (const piece of input) {
      const arrived = performance.now();
      for (const frame of frames.read(piece)) {
        if (ending.aborted) break;
        const yes = await answerTo(frame, arrived + limit - performance.now(), source, log);
        await reply(answerFrame(yes));
      }
      if (ending.aborted) break;
    }
  } catch (error) {
    // To end a stream that is being read is, for its reader, an error.
    if (!ending.aborted) {
      log.error({ err: error }, 'the server is not there any more');
      return 1;
    }
  } finally {
    ending.removeEventListener('abort', stop);
  }
  if (frames.pending() > 0) log.warn({ bytes: frames.pending() }, 'the input ended within a request');
  return 0;
}

async function answerTo(frame: Uint8Array, limit: number, source: Source, log: Logger): Promise<boolean> {
  const request = readRequest(frame);
  if (!request.ok) {
    log.warn({ bytes: frame.length }, `refused a request: ${request.error}`);
    return false;
  }
  const { operation, jid } = request.value;
  try {
    // Those before it may have used its time up.
    if (limit < 1) throw new Error('its turn came too late');
    const answer = await within(limit, (signal) => source(request.value, signal));
    log.debug({ operation, jid, answer }, 'answered');
    return answer;
  } catch (error) {
    log.error({ err: error, operation, jid }, 'refused: there is no telling');
    return false;
  }
}
