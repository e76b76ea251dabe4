import type { Store } from '@xmpp-groups/core/xabber';
import { afterEach, describe, vi } from 'vitest';
import { answeredContract } from '../test/contract/answered.js';
import { archiveContract } from '../test/contract/archive.js';
import { deletionContract } from '../test/contract/deletion.js';
import { erasureContract } from '../test/contract/erasure.js';
import { evolutionContract } from '../test/contract/evolution.js';
import { groupContract } from '../test/contract/groups.js';
import { listingContract } from '../test/contract/listing.js';
import { lookupContract } from '../test/contract/lookups.js';
import { refusalContract } from '../test/contract/refusal.js';
import { rewritingContract } from '../test/contract/rewriting.js';
import { searchContract } from '../test/contract/search.js';
import { temporaryPaths } from '../test/folder.js';
import { openStore } from './index.js';
import { openSqlite } from './sqlite/store.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();

/** SQLite with the indexes that follow the archive always at its end; openStore leaves that to chance. */
async function openIndexed(): Promise<Store> {
  const store = await openSqlite(newPath());
  return {
    ...store,
    page: async (group, query) => {
      await store.index();
      return store.page(group, query);
    },
    remove: async (group) => {
      await store.index();
      return store.remove(group);
    },
  };
}

describe.each([
  ['memory', () => openStore('memory:')],
  ['SQLite', () => openStore(`sqlite:${newPath()}`)],
  ['SQLite, indexed', openIndexed],
])('%s', (_name, openEmpty) => {
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openEmpty();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  groupContract(open);
  refusalContract(open);
  deletionContract(open);
  evolutionContract(open);
  answeredContract(open);
  archiveContract(open);
  searchContract(open);
  rewritingContract(open);
  lookupContract(open);
  erasureContract(open);
  listingContract(open);
});
