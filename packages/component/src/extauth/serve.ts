import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { openAccounts } from '@xmpp-groups/storage';
import type { Logger } from 'pino';
import type { AccountsConfig } from '../config/load.js';
import { createLog, logStream } from '../log.js';
import { VERSION } from '../version.js';
import { answerRequests } from './answer.js';
import { type Book, createBook } from './book.js';
import { doorkeeper } from './doorkeeper.js';
import { noAccounts, type Source } from './source.js';
import { askingEndpoint } from './sources/http.js';
import { askingProgram } from './sources/program.js';
import { storedAccounts } from './sources/store.js';

/** Milliseconds for which SQLite holds the whole process up, a signal to end included. */
const BUSY_TIMEOUT = 100;

/** The part of the time for a request that may be spent on waiting for the database. */
const PATIENCE = 0.8;

/** The streams of the process that the server has started. */
export interface Streams {
  readonly input: Readable;
  claimOutput(): (bytes: Uint8Array) => Promise<void>;
  readonly ending: AbortSignal;
}

/**
 * Speaks ejabberd's protocol for external authentication on the streams until the input ends, or `ending` is
 * aborted. Nothing but answers goes to the output.
 * @param faultOfDatabase looks for what is wrong with the address of the database, before it is opened
 * @returns the exit code of the process, or one sentence that says why it could not begin
 */
export async function serveExtauth(
  config: AccountsConfig,
  { input, claimOutput, ending }: Streams,
  faultOfDatabase: () => string | undefined,
): Promise<Result<0 | 1, string>> {
  const reply = claimOutput();
  const opened = openLog(config);
  if (!opened.ok) return opened;
  const { log, close } = opened.value;
  const { hosts, accounts, timeout } = config.extauth;
  const limit = timeout * 1000;
  const book = createBook(async () => {
    const fault = faultOfDatabase();
    if (fault !== undefined) throw new Error(`storage.url: ${fault}`);
    return openAccounts(config.storage.url, { busyTimeout: BUSY_TIMEOUT });
  }, limit * PATIENCE);
  const source = doorkeeper({
    hosts,
    isGroup: (jid, signal) => book.ask((names) => names.isGroup(jid), signal),
    source: sourceOf(config, book),
    log,
  });
  log.info({ version: VERSION, accounts }, `answering for ${hosts.join(', ')}`);
  try {
    const code = await answerRequests({ input, reply, source, limit, log, ending });
    await book.close();
    log.info('stopped');
    return ok(code);
  } finally {
    close();
  }
}

function openLog({ log, extauth: { logFile } }: AccountsConfig): Result<OpenLog, string> {
  if (logFile === undefined) return ok({ log: createLog(log), close: () => undefined });
  try {
    const file = openSync(logFile, 'a');
    return ok({ log: createLog(log, logStream(log.format, file)), close: () => closeSync(file) });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return err(
      `extauth.logFile: ${logFile} cannot be written to (${reason}); give a path that the server's user may write to`,
    );
  }
}

interface OpenLog {
  readonly log: Logger;
  readonly close: () => void;
}

function sourceOf({ extauth: { accounts, program, url } }: AccountsConfig, book: Book): Source {
  switch (accounts) {
    case 'none':
      return noAccounts;
    case 'store':
      return storedAccounts(book);
    case 'program':
      return askingProgram(program);
    case 'http':
      // The configuration is refused without it.
      return askingEndpoint(url ?? '');
  }
}
