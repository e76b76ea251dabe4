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
  stream: DestinationStream = defaultStream(format),
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

const defaultStream = (format: Config['log']['format']): DestinationStream =>
  format === 'pretty'
    ? PinoPretty({ destination: STDERR, sync: true, colorize: process.stderr.isTTY, ignore: 'pid' })
    : pino.destination({ dest: STDERR, sync: true });
