import type { KeysOf, OpenPgp } from '@xmpp-groups/core/kontalk';
import { err } from '@xmpp-groups/core/result';

/** What is needed to read encrypted messages. */
export interface Sight {
  readonly keysOf: KeysOf;
  readonly openPgp: OpenPgp;
}

/** That of somebody without keys: encrypted messages wait until he has some. */
export const BLIND: Sight = {
  keysOf: () => [],
  openPgp: {
    encrypt: (_, { signer }) => Promise.resolve(err({ kind: 'no-signer', keys: [signer] })),
    decrypt: () => Promise.resolve(err({ kind: 'no-secret-key', reason: 'there are no keys' })),
    digest: () => Promise.resolve(''),
  },
};
