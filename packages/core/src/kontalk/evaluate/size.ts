import { sizeOf } from '../../xml/size.js';
import type { Incoming } from './incoming.js';

/** About how many characters a stanza has as text, with what was encrypted in it. */
export function sizeOfIncoming({ stanza, verdict }: Incoming): number {
  let size = sizeOf(stanza);
  if (verdict.kind === 'verified') for (const child of verdict.payload) size += sizeOf(child);
  return size;
}
