import type { Locator, Page } from 'playwright-core';
import { openWebClient, type Visit, type WebClient } from '../web-client.js';

/** As much of xabber-web's own objects as is used here, where its interface offers no other way. */
interface XabberModel {
  get(name: string): unknown;
}

interface XabberContact extends XabberModel {
  trigger(event: 'open_chat', contact: XabberContact): void;
  showDetails(screen: string): void;
  readonly participants?: XabberCollection<XabberModel>;
}

interface XabberChats extends XabberCollection<XabberModel> {
  getChat(contact: XabberContact): { retractAllMessages(symmetric: boolean): void };
}

interface XabberCollection<T> {
  get(id: string): T | undefined;
}

interface XabberAccount extends XabberModel {
  readonly contacts: XabberCollection<XabberContact>;
  readonly chats: XabberChats;
}

declare global {
  interface Window {
    readonly xabber?: { readonly accounts: XabberCollection<XabberAccount> };
  }
}

/** A page with xabber-web where somebody has logged in. */
export interface XabberPage extends WebClient {
  readonly jid: string;
  /** What xabber-web knows of a contact, by the name that it gives it; `undefined`: nothing, or no contact. */
  known(jid: string, what: string): Promise<unknown>;
  /** The same of a member of a group, by his id. */
  knownOf(group: string, member: string, what: string): Promise<unknown>;
  /** The address of the chat that is shown; empty: none. */
  openedChat(): Promise<string>;
  /** Opens the chat with a contact. */
  openChat(jid: string): Promise<void>;
  /** Opens the page of a contact with all that can be seen and done there. */
  openDetails(jid: string): Promise<Locator>;
  /** Takes everything out of the archive of a group; its interface does that only with xabber's own server. */
  retractAll(jid: string): Promise<void>;
  /** Answers the question in the dialogue that is open with its first button. */
  confirm(): Promise<void>;
  /** Loads the page again, with what is stored in the browser, and waits until it is online. */
  reload(): Promise<void>;
}

/** `DEBUG` publishes the parts of the client that two of its own features look for in the window. */
const pageFor = ({ server }: Visit): string => `<!DOCTYPE html>
<html lang='en'>
  <head>
    <meta charset='utf-8'>
    <title>Xabber Web</title>
    <link rel='icon' href='data:,'>
    <link rel='stylesheet' href='dist/xabber.min.css'>
    <link rel='stylesheet' href='dist/quill.snow.css'>
    <script src='dist/libsignal-protocol.js'></script>
    <script src='dist/quill.min.js'></script>
    <script src='dist/xabber.min.js'></script>
    <script>
      require(['xabber'], function (xabber) {
        xabber.configure({
          CHECK_VERSION: false,
          CONNECTION_URL: '${server.websocketUrl}',
          DEBUG: true,
          DISABLE_LOOKUP_WS: true,
          ENABLE_XABBER_ACCOUNT: false,
          LOG_LEVEL: 'WARN',
          REGISTER_XMPP_ACCOUNT: false,
          USE_SOCIAL_AUTH: false,
        });
        xabber.start();
      });
    </script>
  </head>
  <body><div class='login-container'></div></body>
</html>`;

const SERVED = ['css', 'dist', 'fonts', 'images', 'sounds', 'translations'];

const online = (page: Page): Promise<void> => page.locator('.toolbar-item.contacts').waitFor();

/**
 * Opens the xabber-web that lies unpacked in `folder`, and logs in.
 * @param folder with its `dist/`, as a release has it
 */
export async function openXabberPage(visit: Visit, folder: string): Promise<XabberPage> {
  const folders = Object.fromEntries(SERVED.map((name) => [`/${name}`, `${folder}/${name}`]));
  const client = await openWebClient(visit.browser, { page: pageFor(visit), folders });
  const { page } = client;
  const jid = `${visit.user}@${visit.server.host}`;
  await page.fill('input[name=jid]', jid);
  await page.fill('input[name=password]', visit.password);
  await page.click('.btn-log-in');
  await online(page);
  const details = page.locator('.details-panel').filter({ visible: true });
  return {
    ...client,
    jid,
    known: (contact, what) =>
      page.evaluate(
        ([account, other, name]) => window.xabber?.accounts.get(account)?.contacts.get(other)?.get(name),
        [jid, contact, what] as const,
      ),
    knownOf: (group, member, what) =>
      page.evaluate(
        ([account, of, id, name]) =>
          window.xabber?.accounts.get(account)?.contacts.get(of)?.participants?.get(id)?.get(name),
        [jid, group, member, what] as const,
      ),
    openedChat: async () => {
      const id = await page
        .locator('.chat-content-wrap')
        .filter({ visible: true })
        .first()
        .getAttribute('data-id');
      const found = await page.evaluate(
        ([account, chat]) => window.xabber?.accounts.get(account)?.chats.get(chat)?.get('jid'),
        [jid, id ?? ''] as const,
      );
      return typeof found === 'string' ? found : '';
    },
    openChat: async (contact) => {
      await page.evaluate(
        ([account, other]) => {
          const found = window.xabber?.accounts.get(account)?.contacts.get(other);
          if (found === undefined) throw new Error(`${other} is no contact`);
          found.trigger('open_chat', found);
        },
        [jid, contact] as const,
      );
      await page.locator('.chat-head-wrap').filter({ visible: true }).waitFor();
    },
    openDetails: async (contact) => {
      await page.evaluate(
        ([account, other]) =>
          window.xabber?.accounts.get(account)?.contacts.get(other)?.showDetails('contacts'),
        [jid, contact] as const,
      );
      await details.waitFor();
      return details;
    },
    retractAll: (contact) =>
      page.evaluate(
        ([account, other]) => {
          const own = window.xabber?.accounts.get(account);
          const found = own?.contacts.get(other);
          if (own === undefined || found === undefined) throw new Error(`${other} is no contact`);
          own.chats.getChat(found).retractAllMessages(true);
        },
        [jid, contact] as const,
      ),
    confirm: async () => {
      await page.locator('.dialog-modal .ok-button').filter({ visible: true }).click();
    },
    reload: async () => {
      await page.reload();
      await online(page);
    },
  };
}
