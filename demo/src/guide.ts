import { relative } from 'node:path';
import { GROUPS, PASSWORD, PEOPLE } from './people.js';
import { logOf, type Service, type Way } from './service.js';

const WAYS: Readonly<Record<Way, string>> = {
  component: 'a component beside ejabberd (XEP-0114)',
  'in-server': 'mod_xmpp_groups inside ejabberd, and the component behind it',
};

/** What somebody has to know who wants to talk in a group on this server. */
export function guide({ way, server, component }: Service, group: string, folder: string): string {
  const accounts = PEOPLE.map(({ user }) => `${user}@${server.host}`).join('  ');
  const here = (path: string) => `./${relative(process.cwd(), path)}`;
  return `
A private XMPP server with groups is running. It can be reached from this machine only.

  Server      ${server.host}, at 127.0.0.1 port ${server.c2sPort}, without TLS (let the client connect unencrypted)
  WebSocket   ${server.websocketUrl}
  BOSH        http://127.0.0.1:${server.httpPort}/bosh
  Accounts    ${accounts}
  Password    ${PASSWORD}, for each
  Groups      ${GROUPS}, by ${WAYS[way]}

Join with any client: add the contact ${group} and accept its request to see your status.
Messages to that contact go to everybody in the group; any NAME@${GROUPS} works the same way.

Create a group with a client that knows Xabber groups: xabber-web lists no host of groups here, so type the
domain ${GROUPS} by hand, and the local part before the name. Its search finds ${GROUPS} too.

Accounts, groups and messages stay in ${here(folder)} (delete the folder to begin anew).
Log of the component: ${here(logOf(component))}, metrics: http://127.0.0.1:${component.httpPort}/metrics

Press Ctrl-C to end it.`;
}
