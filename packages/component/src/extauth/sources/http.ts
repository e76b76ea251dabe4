import type { Source } from '../source.js';
import { questionOf } from './question.js';

const NOES: readonly number[] = [401, 403, 404, 409];

/**
 * A web address of the operator's: gets each question as a POST of JSON. A status of 200 to 299 is a yes; 401, 403,
 * 404 and 409 are a no. A redirection is not followed, since a password would go along.
 */
export function askingEndpoint(url: string): Source {
  return async (request, signal) => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: questionOf(request),
        redirect: 'manual',
        signal,
      });
    } catch (error) {
      const { cause = error } = error instanceof Error ? error : {};
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`extauth.url: ${url} cannot be asked (${reason})`);
    }
    // The status says it all; the rest is not waited for.
    await response.body?.cancel();
    if (response.ok) return true;
    if (NOES.includes(response.status)) return false;
    throw new Error(`extauth.url: ${url} answered with status ${response.status}`);
  };
}
