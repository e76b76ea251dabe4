import { markScanner } from './mark.js';
import { openStream, type RawStream } from './raw-stream.js';

/** A user who is logged in and available, and counts what comes. */
export interface Session extends Pick<RawStream, 'write' | 'expect' | 'end'> {
  readonly user: string;
  readonly bare: string;
}

export interface Login {
  readonly port: number;
  readonly host: string;
  readonly user: string;
  readonly password: string;
}

/** Everybody has one device, of this name. */
const RESOURCE = 'bench';

/**
 * Logs in over plain TCP (RFC 6120; SASL PLAIN, RFC 4616) and sends presence. Full clients, that parse each
 * stanza and keep it, would need more of the machine than the servers that are measured.
 * @param marked gets the number of each message of which a copy came
 */
export async function login(options: Login, marked: (number: number) => void): Promise<Session> {
  const { port, host, user, password } = options;
  const { scan } = markScanner(marked);
  const stream = await openStream(port, scan);
  const ask = (text: string, answer: RegExp): Promise<string> => {
    const answered = stream.expect(answer);
    stream.write(text);
    return answered;
  };
  const header =
    `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' ` +
    `to='${host}' version='1.0'>`;
  const secret = Buffer.from(`\0${user}\0${password}`, 'utf8').toString('base64');
  const bind =
    `<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>` +
    `<resource>${RESOURCE}</resource></bind></iq>`;

  await ask(`<?xml version='1.0'?>${header}`, /<\/stream:features>/);
  const auth = `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`;
  const outcome = await ask(auth, /<success|<failure/);
  if (outcome.includes('<failure')) throw new Error(`${user} could not log in: ${outcome}`);
  await ask(header, /<\/stream:features>/);
  await ask(bind, /<jid>/);
  // The own presence comes back once the server counts the session as available.
  await ask('<presence/>', /<presence/);
  return { user, bare: `${user}@${host}`, write: stream.write, expect: stream.expect, end: stream.end };
}
