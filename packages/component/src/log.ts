import { type DestinationStream, type Logger, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from './config/load.js';

/** Keys whose values never reach the log, wherever in an entry they stand. */
const SECRETS = ['secret', 'password', 'body'];

const STDERR = 2;

/**
 * The daemon's log, by default on stderr. Entries name stanzas by their addresses and ids; a message's text
 * or a secret has no place in them, and what comes under such a name is replaced.
 */
export function createLog(
  { level, format }: Config['log'],
  stream: DestinationStream = logStream(format),
): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
    },
    stream,
  );
}

/** What lines of the log are written to: standard error, or the open file `fd`. */
export const logStream = (format: Config['log']['format'], fd = STDERR): DestinationStream =>
  format === 'pretty'
    ? PinoPretty({
        destination: fd,
        sync: true,
        colorize: fd === STDERR && process.stderr.isTTY,
        ignore: 'pid',
      })
    : pino.destination({ dest: fd, sync: true });
