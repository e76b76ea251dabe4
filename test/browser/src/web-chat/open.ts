import type { Page } from 'playwright-core';
import { openWebClient, type Visit, type WebClient } from '../web-client.js';
import { bundle } from './bundle.js';

/** A person with a page that was made of the packages. */
export interface WebChat extends WebClient {
  /** Creates a group out of what its scheme wants to know; resolves with what the page calls it. */
  create(text: string): Promise<string>;
  join(group: string): Promise<void>;
  say(text: string): Promise<void>;
  /** The messages that the page has shown, each with who wrote it, oldest first. */
  messages(): Promise<string[]>;
  /** The names of the groups that the page is invited to. */
  invitations(): Promise<string[]>;
  /** The texts that the archive has, as many as `count`. Xabber groups only. */
  history(count: number): Promise<string[]>;
  /** What has failed. */
  troubles(): Promise<string[]>;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');

const form = (id: string): string => `<form id='${id}'><input name='text'><button>${id}</button></form>`;

const pageFor = ({ server, user, password }: Visit): string => `<!DOCTYPE html>
<html lang='en'>
  <head>
    <meta charset='utf-8'>
    <title>Groups</title>
    <link rel='icon' href='data:,'>
  </head>
  <body data-service='${server.websocketUrl}' data-domain='${server.host}'
    data-username='${escaped(user)}' data-password='${escaped(password)}'>
    <p id='ready'></p>
    ${form('create')} ${form('join')} <p id='group'></p>
    <ol id='messages'></ol> ${form('say')} <ol id='history'></ol> ${form('look-back')}
    <ol id='invitations'></ol> <ol id='troubles'></ol>
    <script type='module' src='/program.js'></script>
  </body>
</html>`;

const lines = (page: Page, list: string): Promise<string[]> => page.locator(`#${list} li`).allTextContents();

/**
 * Bundles the program of a scheme, opens it in the browser, and resolves when it is logged in.
 * @param scheme which of the programs beside this file
 */
export async function openWebChat(
  visit: Visit,
  scheme: 'xabber' | 'kontalk' | 'kontalk-encrypted',
): Promise<WebChat> {
  const program = await bundle(new URL(`./${scheme}.js`, import.meta.url));
  const client = await openWebClient(visit.browser, {
    page: pageFor(visit),
    scripts: { '/program.js': program },
  });
  const { page } = client;
  const submit = async (id: string, text: string): Promise<void> => {
    await page.fill(`#${id} input`, text);
    await page.click(`#${id} button`);
  };
  const entered = async (): Promise<string> => {
    await page.locator('#group').filter({ hasText: /\S/ }).waitFor({ state: 'attached' });
    return (await page.locator('#group').textContent()) ?? '';
  };
  await page
    .locator('#ready')
    .filter({ hasText: /\S/ })
    .waitFor()
    .catch(async (cause: unknown) => {
      const reasons = [...client.traffic.complaints, ...(await lines(page, 'troubles'))];
      await client.close();
      throw new Error(`the page is not ready: ${reasons.join('; ')}`, { cause });
    });
  return {
    ...client,
    create: async (text) => {
      await submit('create', text);
      return entered();
    },
    join: async (group) => {
      await submit('join', group);
      await entered();
    },
    say: (text) => submit('say', text),
    messages: () => lines(page, 'messages'),
    invitations: () => lines(page, 'invitations'),
    history: async (count) => {
      await submit('look-back', '');
      await page
        .locator('#history li')
        .nth(count - 1)
        .waitFor();
      return lines(page, 'history');
    },
    troubles: () => lines(page, 'troubles'),
  };
}
