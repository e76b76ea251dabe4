import { xabberGroups } from '../src/xabber/xabber-groups.js';
import { fakeConnection, fakePlatform, settled } from './fake-connection.js';
import { card, cards, page, rewritten, VERONA } from './group-side.js';

export const TIMEOUT = 5000;

/** A client that follows Verona from the message 100 and the rewriting 3 on, and has caught up. */
export async function scene() {
  const connection = fakeConnection();
  const platform = fakePlatform();
  const client = xabberGroups(connection, { platform, timeout: TIMEOUT, available: false });
  const told: string[] = [];
  const faults: string[] = [];
  client.on('message', ({ message, live: now }) => told.push(`${now ? 'live' : 'read'} ${message.text}`));
  client.on('edited', ({ message, version }) => told.push(`${version} edited: ${message?.text}`));
  client.on('retracted', ({ what, version }) => told.push(`${version} retracted: ${JSON.stringify(what)}`));
  client.on('invalidated', ({ version }) => told.push(`${version} invalidated`));
  client.on('fault', ({ error }) => faults.push(error.condition));
  connection.online();
  const following = client.follow(VERONA, { stanzaId: '100', rewrites: 3 });
  cards(connection, 1, card('me'));
  await settled();
  page(connection, []);
  await settled();
  rewritten(connection, 3);
  await following;
  return { connection, platform, client, told, faults };
}
