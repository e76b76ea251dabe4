import type { BareJid } from '@xmpp-groups/core/jid';
import type { Change, Store } from '@xmpp-groups/core/xabber';
import { openStore } from '@xmpp-groups/storage';

/** A store that fails, or takes its time, when it is told to. */
export interface FragileStore extends Store {
  /** The changes of each commit that was tried. */
  readonly tried: (readonly Change[])[];
  /** How often each group was loaded. */
  readonly loads: Map<BareJid, number>;
  /** How often a revision was asked for. */
  revisionsAsked: number;
  /** While it is there: what each commit is rejected with. */
  commitFailure: Error | undefined;
  /** While it is there: what each reading is rejected with. */
  readFailure: Error | undefined;
  /** From now on commits wait; returns the function that lets them go. */
  holdCommits(): () => void;
  /** The same for look-ups of messages of one group. */
  holdLookUps(group: BareJid): () => void;
}

/** @param url what `openStore` takes */
export async function fragileStore(url = 'memory:'): Promise<FragileStore> {
  const inner = await openStore(url);
  let gate = Promise.resolve();
  const lookUpGates = new Map<BareJid, Promise<void>>();
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    if (store.readFailure !== undefined) throw store.readFailure;
    return work();
  };
  const store: FragileStore = {
    ...inner,
    tried: [],
    loads: new Map(),
    revisionsAsked: 0,
    commitFailure: undefined,
    readFailure: undefined,
    load: (group) =>
      read(() => {
        store.loads.set(group, (store.loads.get(group) ?? 0) + 1);
        return inner.load(group);
      }),
    revision: (group) =>
      read(() => {
        store.revisionsAsked += 1;
        return inner.revision(group);
      }),
    findByOrigin: async (group, author, originId) => {
      await lookUpGates.get(group);
      return read(() => inner.findByOrigin(group, author, originId));
    },
    listedGroups: (host, asker) => read(() => inner.listedGroups(host, asker)),
    commit: async (changes) => {
      store.tried.push(changes);
      await gate;
      if (store.commitFailure !== undefined) throw store.commitFailure;
      return inner.commit(changes);
    },
    holdCommits: () => {
      let open: () => void = () => undefined;
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return () => open();
    },
    holdLookUps: (group) => {
      let open: () => void = () => undefined;
      lookUpGates.set(
        group,
        new Promise((resolve) => {
          open = resolve;
        }),
      );
      return () => open();
    },
  };
  return store;
}
