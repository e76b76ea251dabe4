import type { XmppServer } from '@xmpp-groups/harness';
import type { Browser, Page } from 'playwright-core';
import { type PageServer, type Site, servePages } from './page-server.js';
import { type Traffic, watchTraffic } from './traffic.js';

/** Who uses a web client, and where. */
export interface Visit {
  readonly browser: Browser;
  readonly server: XmppServer;
  readonly user: string;
  readonly password: string;
}

/** A page with a web client, in a browser profile of its own that is gone with it. */
export interface WebClient {
  readonly page: Page;
  readonly traffic: Traffic;
  close(): Promise<void>;
}

/** Longer than anything takes on a busy machine; only what hangs fails by it. */
const LIMIT = 20_000;

/** Serves `site` and opens its start page. */
export async function openWebClient(browser: Browser, site: Site): Promise<WebClient> {
  const pages: PageServer = await servePages(site);
  const context = await browser.newContext({
    viewport: { width: 1500, height: 950 },
    locale: 'en-US',
    acceptDownloads: false,
  });
  context.setDefaultTimeout(LIMIT);
  const page = await context.newPage();
  const traffic = watchTraffic(page);
  await page.goto(pages.url);
  return {
    page,
    traffic,
    close: async () => {
      await context.close();
      await pages.close();
    },
  };
}
