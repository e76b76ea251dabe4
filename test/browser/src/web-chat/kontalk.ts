// A program for the page of open.ts: one Kontalk group in clear.
import { account, bare, showReady } from './chat-page.js';
import { runKontalk } from './kontalk-chat.js';
import { prepareLogin } from './log-in.js';

const { connection, logIn } = prepareLogin();
const { username, domain } = account();
runKontalk(connection, bare(`${username}@${domain}`));
await logIn();
showReady();
