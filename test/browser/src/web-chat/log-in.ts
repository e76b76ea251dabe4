import { client } from '@xmpp/client';
import type { Connection } from '@xmpp-groups/client';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import { account, show } from './chat-page.js';

/** The connection of the page's account, and what logs it in. */
export function prepareLogin(): { readonly connection: Connection; logIn(): Promise<unknown> } {
  const xmpp = client(account());
  xmpp.on('error', (error) => show('troubles', String(error)));
  return { connection: connectionOf(xmpp), logIn: () => xmpp.start() };
}
