// The floor: a component without any logic, in a process of its own. For each message that it gets it sends
// what its plan says, and nothing else. A component that does something with messages cannot be faster.
import { createHash } from 'node:crypto';
import { isPlan, type Plan } from './floor-protocol.js';
import { markOf, markScanner } from './mark.js';
import { openStream } from './raw-stream.js';

const [port, domain, secret] = process.argv.slice(2);
if (port === undefined || domain === undefined || secret === undefined || process.send === undefined) {
  throw new Error('The floor is started by the benchmark, with a port, a domain and a secret.');
}
const tell = process.send.bind(process);
let plan: Plan = { starts: [], before: '', after: '' };

const { scan } = markScanner((number) => {
  const rest = `${plan.before}${markOf(number)}${plan.after}`;
  let text = '';
  for (const start of plan.starts) text += start + rest;
  stream.write(text);
});
const stream = await openStream(Number(port), scan);

// XEP-0114, section 3.
const header = stream.expect(/\bid=['"]([^'"]+)['"]/);
stream.write(
  `<stream:stream xmlns='jabber:component:accept' ` +
    `xmlns:stream='http://etherx.jabber.org/streams' to='${domain}'>`,
);
const [, id] = /\bid=['"]([^'"]+)['"]/.exec(await header) ?? [];
const accepted = stream.expect(/<handshake\s*\/>|<handshake>|<stream:error/);
stream.write(`<handshake>${createHash('sha1').update(`${id}${secret}`).digest('hex')}</handshake>`);
const answer = await accepted;
if (answer.includes('<stream:error')) throw new Error(`The server refused the floor: ${answer}`);

process.on('message', (message: unknown) => {
  if (!isPlan(message)) throw new Error('The benchmark sent something that is no plan.');
  plan = message;
  tell('planned');
});
// When the benchmark ends, so does this.
process.on('disconnect', () => process.exit(0));
tell('ready');
