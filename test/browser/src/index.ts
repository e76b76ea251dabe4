export { startChromium } from './chromium.js';
export { type ConverseUser, openConverse, type ShownMessage } from './converse.js';
export { bundle } from './web-chat/bundle.js';
export { openWebChat, type WebChat } from './web-chat/open.js';
export { type ShownInXabber, type XabberChat, xabberChat } from './xabber-web/chat.js';
export type { ChosenFile } from './xabber-web/chosen-file.js';
export { type NewGroup, type XabberFinding, xabberFinding } from './xabber-web/finding.js';
export { type ShownMember, type XabberGroup, xabberGroup } from './xabber-web/group.js';
export { openXabberPage, type XabberPage } from './xabber-web/page.js';
