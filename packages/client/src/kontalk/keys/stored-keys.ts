import type { BareJid } from '@xmpp-groups/core/jid';
import { type KeysOfPerson, loadJids, loadKeys, saveKeys } from '@xmpp-groups/core/kontalk';
import type { Result } from '@xmpp-groups/core/result';
import { GroupsError } from '../../errors.js';
import type { StatePort } from '../state-port.js';

const INDEX = 'keys';
const nameOf = (jid: BareJid): string => `keys of ${jid}`;

/** What a keyring keeps, somebody after the other, so that a change writes little. */
export interface StoredKeys {
  /** Everybody who was saved. Rejects with `state` when something cannot be read: nobody's keys are forgotten unnoticed. */
  load(): Promise<ReadonlyMap<BareJid, KeysOfPerson>>;
  /** One after the other, in the order of the calls. Rejects with `state`. */
  save(jid: BareJid, person: KeysOfPerson): Promise<void>;
}

const ATTEMPT = { what: 'keep keys' };

const fault = (error: unknown): GroupsError =>
  error instanceof GroupsError
    ? error
    : new GroupsError(ATTEMPT, 'state', error instanceof Error ? error.message : String(error));

function read<T>(text: string, reader: (value: unknown) => Result<T>): T {
  const value = reader(JSON.parse(text));
  if (value.ok) return value.value;
  throw new GroupsError(ATTEMPT, 'state', `${value.error.path}: ${value.error.reason}`);
}

export function storedKeys(state: StatePort): StoredKeys {
  const saved = new Set<BareJid>();
  let last: Promise<void> = Promise.resolve();

  const write = async (jid: BareJid, person: KeysOfPerson): Promise<void> => {
    await state.save(nameOf(jid), JSON.stringify(saveKeys(person)));
    if (saved.has(jid)) return;
    await state.save(INDEX, JSON.stringify([...saved, jid]));
    saved.add(jid);
  };

  return {
    load: async () => {
      const people = new Map<BareJid, KeysOfPerson>();
      try {
        const index = await state.load(INDEX);
        for (const jid of index === undefined ? [] : read(index, loadJids)) {
          const text = await state.load(nameOf(jid));
          if (text === undefined) throw new GroupsError(ATTEMPT, 'state', `nothing is there of ${jid}`);
          people.set(jid, read(text, loadKeys));
          saved.add(jid);
        }
      } catch (error) {
        throw fault(error);
      }
      return people;
    },
    save: (jid, person) => {
      const done = last
        .then(() => write(jid, person))
        .catch((error: unknown) => {
          throw fault(error);
        });
      last = done.catch(() => undefined); // Who asked for it is told; what comes after it is another matter.
      return done;
    },
  };
}
