import { openStore } from '../../src/index.js';
import { asked, commit, created, GROUP, joined, posted } from '../samples.js';

/** Commits for ever, and prints the number of each message as soon as its commit is acknowledged. */
export async function writeForEver(url: string): Promise<void> {
  const store = await openStore(url);
  await commit(store, [created(), asked(1), joined(1)]);
  for (let number = 1, revision = 1; ; number += 2, revision += 1) {
    await store.commit([{ group: GROUP, revision, events: [posted(number), posted(number + 1)] }]);
    process.stdout.write(`${number}\n${number + 1}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
