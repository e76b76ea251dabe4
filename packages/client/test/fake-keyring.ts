import type { BareJid } from '@xmpp-groups/core/jid';
import { judgeKey, type KnownKey, type OpenPgp, offerKey } from '@xmpp-groups/core/kontalk';
import { ok } from '@xmpp-groups/core/result';
import { fakeOpenPgp } from '../../core/src/kontalk/testing/fake-open-pgp.js';
import type { Keyring } from '../src/kontalk/keyring.js';

/** Who has published which keys, by their fingerprints. */
export type Directory = Map<BareJid, readonly string[]>;

/** The fingerprint of a letter: as long as a real one. */
export const print = (letter: string): string => letter.repeat(40);

const userIdsOf = (jid: BareJid): readonly string[] => [`<${jid}>`, `xmpp:${jid}`];

/** A keyring whose messages anybody could read, and which knows of others what they have published. */
export interface FakeKeyring extends Keyring {
  /** Whose keys were asked for. */
  readonly asked: BareJid[];
}

export function fakeKeyring(jid: BareJid, fingerprint: string, directory: Directory): FakeKeyring {
  const known = new Map<BareJid, readonly KnownKey[]>();
  const listeners = new Set<Parameters<Keyring['onChange']>[0]>();
  const asked: BareJid[] = [];
  const keysOf = (whose: BareJid): readonly KnownKey[] => known.get(whose) ?? [];
  const tell: Parameters<Keyring['onChange']>[0] = (whose, news) => {
    for (const listener of listeners) listener(whose, news);
  };

  const offer = (whose: BareJid, print: string): void => {
    const offered = offerKey(keysOf(whose), { fingerprint: print, userIds: userIdsOf(whose) }, whose, 0);
    if (!offered.ok) throw new Error(offered.error.reason);
    known.set(whose, offered.value.keys);
    if (offered.value.news !== 'none') tell(whose, offered.value.news);
  };
  directory.set(jid, [fingerprint]);
  offer(jid, fingerprint);

  const library = fakeOpenPgp([fingerprint]);
  const openPgp: OpenPgp = {
    ...library,
    decrypt: async (message) => {
      const read = await library.decrypt(message);
      if (!read.ok || read.value.signature.kind !== 'valid') return read;
      const { signer } = read.value.signature;
      const isKnown = [...known.values()].flat().some((key) => key.fingerprint === signer);
      if (isKnown) return read;
      return ok({ ...read.value, signature: { kind: 'unknown-key', keyId: signer.slice(-16) } });
    },
  };

  return {
    asked,
    signer: { jid, fingerprint, userIds: userIdsOf(jid) },
    openPgp,
    keysOf,
    fetch: async (whose) => {
      asked.push(whose);
      for (const print of directory.get(whose) ?? []) offer(whose, print);
    },
    announces: () => false,
    judge: async (whose, print, standing) => {
      known.set(whose, judgeKey(keysOf(whose), print, standing));
      tell(whose, 'judged');
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take: () => undefined,
  };
}
