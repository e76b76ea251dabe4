import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator } from 'playwright-core';
import type { Site } from './page-server.js';
import { openWebClient, type Visit, type WebClient } from './web-client.js';

/** A message as Converse shows it. */
export interface ShownMessage {
  readonly text: string;
  /** Whether it stands there as one's own. */
  readonly mine: boolean;
}

/** A person with Converse.js in a browser. */
export interface ConverseUser extends WebClient {
  /** Asks a contact for its presence, and opens the chat with it. */
  addContact(jid: string, name?: string): Promise<void>;
  openChat(jid: string): Promise<void>;
  write(jid: string, text: string): Promise<void>;
  /** What the chat shows, oldest first; retracted messages have the text that stands in their place. */
  messages(jid: string): Promise<ShownMessage[]>;
  /** Changes the text of an own message. */
  edit(jid: string, text: string, into: string): Promise<void>;
  retract(jid: string, text: string): Promise<void>;
  /** Answers a message with another one. */
  reply(jid: string, text: string, answer: string): Promise<void>;
  /** The contact's line in the roster. */
  contact(jid: string): Locator;
  /** The head of the chat. */
  head(jid: string): Locator;
  /** Loads the page again, with what Converse has stored in the browser. */
  reload(): Promise<void>;
  /** The names of the ad-hoc commands that `jid` offers. */
  commands(jid: string): Promise<string[]>;
  /** Fills in the form of one of the commands that were listed, and returns what Converse says then. */
  runCommand(name: string, boxes: Readonly<Record<string, boolean>>): Promise<string>;
}

const DIST = dirname(fileURLToPath(import.meta.resolve('converse.js')));

/** The page of somebody who embeds Converse: its own files untouched, and as few settings as possible. */
const pageFor = ({ server }: Visit): string => `<!DOCTYPE html>
<html lang='en'>
  <head>
    <meta charset='utf-8'>
    <title>Converse</title>
    <link rel='icon' href='data:,'>
    <link rel='stylesheet' href='/dist/converse.min.css'>
  </head>
  <body class='converse-fullscreen'>
    <script type='module'>
      import converse from '/dist/converse.min.js';
      converse.initialize({
        assets_path: '/dist/',
        auto_reconnect: true,
        discover_connection_methods: false,
        view_mode: 'fullscreen',
        websocket_url: '${server.websocketUrl}',
      });
    </script>
  </body>
</html>`;

/** Opens Converse.js, as npm has it, and logs in through its form. Resolves when the roster is there. */
export async function openConverse(visit: Visit): Promise<ConverseUser> {
  const site: Site = { page: pageFor(visit), folders: { '/dist': DIST } };
  const client = await openWebClient(visit.browser, site);
  const { page } = client;
  const login = async () => {
    await page.fill('#converse-login-jid', `${visit.user}@${visit.server.host}`);
    await page.fill('#converse-login-password', visit.password);
    await page.click('#converse-login button[type=submit]');
    await page.waitForSelector('converse-roster .add-contact', { state: 'attached' });
  };
  await login();

  const chat = (jid: string) => page.locator(`converse-chat[jid="${jid}"]`);
  const message = (jid: string, text: string) =>
    chat(jid)
      .locator('.chat-msg')
      .filter({ has: page.locator('.chat-msg__text', { hasText: text }) });
  const contact = (jid: string) => page.locator(`.open-chat[data-jid="${jid}"]`);
  const act = async (jid: string, text: string, action: string) => {
    await message(jid, text).hover();
    await message(jid, text).locator('converse-message-actions .dropdown-toggle').click();
    await message(jid, text).locator(`.chat-msg__action-${action}`).click();
  };
  const send = async (jid: string, text: string) => {
    await chat(jid).locator('.chat-textarea').fill(text);
    await chat(jid).locator('.chat-textarea').press('Enter');
  };
  const openCommands = async () => {
    await page.locator('converse-controlbox-buttons .show-client-info, .show-client-info').first().click();
    await page.locator('#commands-tab, [aria-controls="commands-tabpanel"]').first().click();
  };

  return {
    ...client,
    addContact: async (jid, name = '') => {
      await page.locator('converse-roster .dropdown-toggle').first().click();
      await page.locator('converse-roster .add-contact').click();
      const form = page.locator('form.add-xmpp-contact');
      await form.locator('input[name=jid]').fill(jid);
      await form.locator('input[name=name]').fill(name);
      await form.locator('button[type=submit]').click();
      await chat(jid).locator('.chat-textarea').waitFor();
    },
    openChat: async (jid) => {
      await contact(jid).click();
      await chat(jid).locator('.chat-textarea').waitFor();
    },
    write: send,
    messages: (jid) =>
      chat(jid)
        .locator('.chat-msg')
        .evaluateAll((elements) =>
          elements.map((element) => ({
            text: (element.querySelector('.chat-msg__text')?.textContent ?? element.textContent ?? '').trim(),
            mine: element.querySelector('.chat-msg__content--me') !== null,
          })),
        ),
    edit: async (jid, text, into) => {
      await act(jid, text, 'edit');
      await send(jid, into);
    },
    retract: async (jid, text) => {
      await act(jid, text, 'retract');
      await page
        .locator('converse-confirm-modal button[type=submit], .modal.show button[type=submit]')
        .click();
    },
    reply: async (jid, text, answer) => {
      await act(jid, text, 'reply');
      await send(jid, answer);
    },
    contact,
    head: (jid) => chat(jid).locator('.chat-head'),
    reload: async () => {
      await page.reload();
      await login();
    },
    commands: async (jid) => {
      await openCommands();
      const commands = page.locator('converse-adhoc-commands');
      await commands.locator('input[name=jid]').fill(jid);
      await commands.locator('input[type=submit]').click();
      await commands.locator('.list-group-item.active').waitFor();
      return commands.locator('[data-command-name]').allTextContents();
    },
    runCommand: async (name, boxes) => {
      const commands = page.locator('converse-adhoc-commands');
      await commands.locator(`[data-command-name="${name}"]`).click();
      const form = commands.locator('li form');
      for (const [field, on] of Object.entries(boxes)) await form.locator(`[name="${field}"]`).setChecked(on);
      await form.locator('input[data-action]').first().click();
      return (await commands.locator('.alert').first().textContent())?.trim() ?? '';
    },
  };
}
