// `npm run bench`: measures groups side by side with the servers' own group chat. Arguments after `--` go to it.
import { main } from './lib/problem.mjs';
import { run } from './lib/run.mjs';
import { build, setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp(['ejabberd', 'prosody']);
  await build();
  const { code } = await run(process.execPath, ['bench/dist/main.js', ...process.argv.slice(2)], {
    last: true,
  });
  return code;
});
