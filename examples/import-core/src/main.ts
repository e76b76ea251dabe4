// Founds a group, says something in it and reads its archive: all with the core, over this project's own connection.
import { pick } from '@xmpp-groups/core/codec';
import { bareOf, parseBareJid } from '@xmpp-groups/core/jid';
import { iq } from '@xmpp-groups/core/stanza';
import { create, posted, readArchived, readEcho, readGroupPresence } from '@xmpp-groups/core/xabber';
import { archiveEnd, archiveQuery } from '@xmpp-groups/core/xep';
import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import { openStream } from './stream.js';

const { URL: url = '', DOMAIN: domain = '', NAME: name = '', PASSWORD: password = '', HOST } = process.env;
const stream = await openStream({ url, domain, name, password });

/** The first thing that a reader of the core finds in what comes from now on. */
const next = <T>(read: (stanza: XmlElement) => T | undefined): Promise<T> =>
  new Promise((resolve) => {
    const stop = stream.onStanza((stanza) => {
      const found = read(stanza);
      if (found === undefined) return;
      stop();
      resolve(found);
    });
  });

const ask = (to: string | undefined, id: string, payload: XmlElement) => {
  const answer = next((stanza) => {
    const read = iq.is(stanza) ? iq.parse(stanza) : undefined;
    return read?.ok && read.value.id === id ? read.value : undefined;
  });
  stream.send(xml('iq', { type: 'set', id, to }, [payload]));
  return answer;
};

const subscribed = next((stanza) => {
  const read = readGroupPresence(stanza);
  return read?.type === 'subscribe' ? read : undefined;
});
stream.send(xml('presence', {}));
const made = pick(create, (await ask(HOST, 'create', create.build({ name: 'Verona' }))).payload);
const group = parseBareJid(made?.ok ? `${made.value.localpart}@${HOST}` : '');
if (!group.ok) throw new Error('the host did not make a group');
stream.send(xml('presence', { to: group.value, type: 'subscribe' }));
console.log(`joined ${(await subscribed).info?.name}`);
stream.send(xml('presence', { to: group.value, type: 'subscribed' }));

const echo = next(readEcho);
const message = posted.build({ bodies: [{ text: 'O <Romeo>' }], originId: { id: 'm1' }, retry: false });
stream.send({ ...message, attrs: { ...message.attrs, to: group.value, type: 'chat', id: 'm1' } });
const { stanzaId, text } = await echo;
console.log(stanzaId === undefined ? 'not stored' : `stored: ${text}`);

const stop = stream.onStanza((stanza) => {
  const item = readArchived(stanza);
  if (item?.queryId === 'q1' && bareOf(item.from) === group.value)
    console.log(`in the archive: ${item.message.text}`);
});
const history = await ask(group.value, 'history', archiveQuery.build({ queryId: 'q1', rsm: { max: 10 } }));
stop();
const end = pick(archiveEnd, history.payload);
console.log(end?.ok && end.value.complete ? 'that is all' : 'there is more');
await stream.close();
