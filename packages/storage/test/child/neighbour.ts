import type { Store } from '@xmpp-groups/core/xabber';
import { openStore } from '../../src/index.js';
import { openSqlite } from '../../src/sqlite/store.js';
import { asked, BEGINNING, bare, commit, created, joined, posted, stanzaId } from '../samples.js';

/** What goes wrong in the background. */
const onProblem = (error: Error): void => {
  process.stderr.write(`${error}\n`);
};

/** Opens a store, which may not be there yet, and closes it again. */
export async function visit(path: string): Promise<number> {
  const store = await openStore(`sqlite:${path}`, { onProblem });
  const { groups } = await store.totals();
  await store.close();
  return groups;
}

export async function begin(path: string): Promise<void> {
  const store = await openStore(`sqlite:${path}`, { onProblem });
  await commit(store, BEGINNING);
  await store.close();
}

/**
 * Posts `count` messages with a word of one's own to the one group, which others write to as well, and as many to a group
 * of one's own; indexes follow meanwhile.
 * @returns how often somebody else was faster
 */
export async function hammer(path: string, word: string, count: number): Promise<number> {
  const store = await openSqlite(path, { onProblem });
  const own = bare(`${word}@groups.example.com`);
  await store.commit([{ group: own, revision: 0, events: [created(), asked(1), joined(1)] }]);
  let conflicts = 0;
  for (let number = 1; number <= count; number += 1) {
    await store.commit([{ group: own, revision: number, events: [posted(number)] }]);
    while (!(await postOnce(store, `${word} ${number}`))) conflicts += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store.index();
  await store.close();
  return conflicts;
}

/** What a daemon does: reads the group, decides, and commits on what it has read. */
async function postOnce(store: Store, text: string): Promise<boolean> {
  const group = bare('verona@groups.example.com');
  const stored = await store.load(group);
  // Another process may write now.
  await new Promise((resolve) => setImmediate(resolve));
  const number = (stored?.revision ?? 0) + 1;
  const event = posted(number, { text, originId: text, stanzaId: stanzaId(number) });
  const [outcome] = await store.commit([{ group, revision: stored?.revision ?? 0, events: [event] }]);
  return outcome !== 'conflict';
}
