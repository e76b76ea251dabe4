import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of an installed Chromium or Chrome. Throws with what to install where there is none. */
function findChromium(): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  }
  throw new Error('There is no Chromium here; on Debian: apt-get install chromium.');
}

/** A microphone that beeps, for pages that record, without a question to a user who is not there. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** Starts a browser without windows. Its sandbox is left out for root only, who cannot have it. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: MICROPHONE,
    chromiumSandbox: process.getuid?.() !== 0,
  });
