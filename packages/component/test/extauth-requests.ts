import { type Request, readRequest } from '../src/extauth/request.js';

/** The request that this text is in ejabberd's protocol. */
export function request(text: string): Request {
  const read = readRequest(Buffer.from(text));
  if (!read.ok) throw new Error(`${text}: ${read.error}`);
  return read.value;
}
