import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { play } from './play.js';
import { stay } from './stay.js';

const USAGE = `npm start            runs a private XMPP server with groups until Ctrl-C; its data are in ./data
npm start -- --demo  plays a conversation in a group on a server of its own, prints it, and ends
With --in-server, either of them: the groups are inside ejabberd, by its module, and not a component beside it`;

const FLAG = { type: 'boolean' } as const;

const ending = new AbortController();
const end = (): void => ending.abort();
// main.ts lets go of this process when it is to end; so does the system when main.ts is killed.
process.on('disconnect', end);
if (process.connected === false) end();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);

const say = (line: string): void => console.log(line);

/** Does what the command line says. Returns what went wrong, `undefined` when nothing did. */
async function run(): Promise<string | undefined> {
  const { values } = parseArgs({ options: { demo: FLAG, 'in-server': FLAG, help: FLAG } });
  const way = values['in-server'] ? 'in-server' : 'component';
  if (values.demo) return play(way, ending.signal, say);
  if (!values.help) return stay(resolve('data'), way, ending.signal, say);
  say(USAGE);
  return undefined;
}

/** A failure as somebody at a terminal should read it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const misused = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return misused ? `${error.message}\n${USAGE}` : error.message;
}

const problem = await run().catch(reasonOf);
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
