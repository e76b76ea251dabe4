import { parseJid } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { parse } from '@xmpp-groups/core/xml';
import type { ServerEvent } from '../link/link.js';
import { LONGEST_FRAME, type ShimFrame } from './frames.js';

/** What a frame tells of an event in the server, or what is wrong with it. */
export function readServerEvent({
  name,
  user,
  xml,
}: Pick<Extract<ShimFrame, { kind: 'event' }>, 'name' | 'user' | 'xml'>): Result<ServerEvent, string> {
  const jid = parseJid(user);
  if (!jid.ok) return err(`${user} is no JID: ${jid.error.reason}`);
  if (xml === '') return ok({ name, user: jid.value });
  const stanza = parse(xml, { maxLength: LONGEST_FRAME });
  if (!stanza.ok) return err(`${stanza.error.path}: ${stanza.error.reason}`);
  return ok({ name, user: jid.value, stanza: stanza.value });
}
