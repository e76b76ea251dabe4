import type { Request } from './request.js';

/**
 * Who knows the accounts, and answers a request with yes or no.
 * @param signal aborted when nobody waits for the answer any more: nothing may be changed from then on
 * @throws Error (rejects) when there is no telling; its message is one sentence for the log
 */
export type Source = (request: Request, signal: AbortSignal) => Promise<boolean>;

/** There are no accounts but those that the server itself has. */
export const noAccounts: Source = async () => false;
