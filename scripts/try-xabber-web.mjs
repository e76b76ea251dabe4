// `npm run try:xabber-web -- FOLDER`: drives the xabber-web that lies unpacked in FOLDER (or $XABBER_WEB) through
// all that it knows of groups, in a browser, against a private server. Arguments after FOLDER go to vitest.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { main, Problem } from './lib/problem.mjs';
import { run } from './lib/run.mjs';
import { build, setUp, tool } from './lib/setup.mjs';

await main(async () => {
  const [given = process.env.XABBER_WEB, ...filters] = process.argv.slice(2);
  if (given === undefined) throw new Problem('Say where xabber-web is: npm run try:xabber-web -- FOLDER');
  const folder = resolve(given);
  if (!existsSync(join(folder, 'dist', 'xabber.min.js'))) {
    throw new Problem(
      `${folder} has no dist/xabber.min.js; unpack a release of xabber-web there (docs/clients.md).`,
    );
  }
  await setUp(['ejabberd', 'chromium']);
  await build();
  const { code } = await run(tool('vitest'), ['run', '--config', 'vitest.xabber-web.config.ts', ...filters], {
    env: { XABBER_WEB: folder },
    last: true,
  });
  return code;
});
