import type { Page } from 'playwright-core';

/** What went over the WebSockets of a page. */
export interface Traffic {
  /** What the client sent so far, in order, over all its connections. */
  readonly sent: readonly string[];
  readonly received: readonly string[];
  /** What it wrote to the console as warnings and errors, and exceptions that nobody caught. */
  readonly complaints: readonly string[];
}

/** Records from now on: to be called before the page is opened. */
export function watchTraffic(page: Page): Traffic {
  const sent: string[] = [];
  const received: string[] = [];
  const complaints: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(payload.toString()));
    socket.on('framereceived', ({ payload }) => received.push(payload.toString()));
  });
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
  });
  return { sent, received, complaints };
}
