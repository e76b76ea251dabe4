import type { Session } from './session.js';

/** Asks and waits for an answer; throws when it is an error. */
async function ask(session: Session, stanza: string, answer: RegExp): Promise<void> {
  const answered = session.expect(new RegExp(`${answer.source}|type=['"]error['"]`));
  session.write(stanza);
  const text = await answered;
  if (/type=['"]error['"]/.test(text)) throw new Error(`${stanza} brought ${text.slice(-600)}`);
}

/** Lets a user into a MUC room (XEP-0045, section 7.2), without history. */
export const enterRoom = (session: Session, room: string): Promise<void> =>
  ask(
    session,
    `<presence to='${room}/${session.user}'><x xmlns='http://jabber.org/protocol/muc'>` +
      `<history maxstanzas='0'/></x></presence>`,
    /code=['"]110['"]/,
  );

/** Makes a channel (XEP-0369, section 7.3.2). */
export const openChannel = (owner: Session, service: string, name: string): Promise<void> =>
  ask(
    owner,
    `<iq type='set' id='channel-${name}' to='${service}'><create xmlns='urn:xmpp:mix:core:1' channel='${name}'/></iq>`,
    new RegExp(`id=['"]channel-${name}['"]`),
  );

/** Joins a channel for its messages, through the user's own server (XEP-0405, section 4.1). */
export const joinChannel = (session: Session, channel: string): Promise<void> =>
  ask(
    session,
    `<iq type='set' id='join-${channel}'><client-join xmlns='urn:xmpp:mix:pam:2' channel='${channel}'>` +
      `<join xmlns='urn:xmpp:mix:core:1'><subscribe node='urn:xmpp:mix:nodes:messages'/>` +
      `<nick>${session.user}</nick></join></client-join></iq>`,
    new RegExp(`id=['"]join-${channel}['"]`),
  );
