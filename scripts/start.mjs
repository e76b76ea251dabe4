// `npm start`: a private server with groups, and a conversation on it. Arguments after `--` go to the demo.
import { main } from './lib/problem.mjs';
import { run } from './lib/run.mjs';
import { build, setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp(['ejabberd']);
  await build();
  const { code } = await run(process.execPath, ['demo/dist/main.js', ...process.argv.slice(2)], {
    last: true,
  });
  return code;
});
