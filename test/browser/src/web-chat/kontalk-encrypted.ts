// A program for the page of open.ts: one Kontalk group, encrypted with OpenPGP.js.
import { keyring, memoryState } from '@xmpp-groups/client';
import { keptOwnKey, keyLibrary } from '@xmpp-groups/client/openpgp';
import { account, bare, show, showReady } from './chat-page.js';
import { runKontalk } from './kontalk-chat.js';
import { prepareLogin } from './log-in.js';

const { connection, logIn } = prepareLogin();
const { username, domain } = account();
const me = bare(`${username}@${domain}`);
const state = memoryState();
const library = keyLibrary(await keptOwnKey(state, me));
const onFault = (error: Error): void => show('troubles', String(error));
const keys = await keyring(connection, library, state, { me, onFault });
runKontalk(connection, me, keys);
await logIn();
await keys.announce();
showReady();
