import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../packages/component/bin/xmpp-groups.js', import.meta.url));

/** What `xmpp-groups check` prints with these settings. */
export const check = (settings: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, 'check'], { env: settings }, (_error, out, err) =>
      resolve(out + err),
    );
  });
