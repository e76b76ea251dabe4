import { client } from '@xmpp/client';
import {
  type AccountKeyring,
  KEYRING_FEATURES,
  type KontalkGroups,
  keyring,
  kontalkGroups,
} from '@xmpp-groups/client';
import { keptOwnKey, keyLibrary } from '@xmpp-groups/client/openpgp';
import { announceFeatures, connectionOf } from '@xmpp-groups/client/xmpp-client';
import { domainOf, localpartOf } from '@xmpp-groups/core/jid';
import { xml } from '@xmpp-groups/core/xml';
import { openClientState } from '@xmpp-groups/storage';
import type { Options } from './options.js';

/** An account with its groups and keys, and a terminal. */
export interface Chat {
  readonly groups: KontalkGroups;
  readonly keys: AccountKeyring;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens what is kept of the account, or makes a key for it; does not log in yet. */
export async function openChat(options: Options, onProblem: (error: Error) => void): Promise<Chat> {
  const { me, service, password, passphrase, name } = options;
  const xmpp = client({ service, domain: domainOf(me), username: localpartOf(me) ?? '', password });
  let ended = false;
  xmpp.on('error', (error) => {
    // What cannot be written any more when the stream is closed is no loss.
    if (!ended) onProblem(error);
  });
  const connection = connectionOf(xmpp);
  const state = await openClientState(options.state);
  const own = await keptOwnKey(state, me, { name, ...(passphrase === undefined ? {} : { passphrase }) });
  const keys = await keyring(connection, keyLibrary(own), state, { me, onFault: onProblem });
  // The presence says what the client wants to hear of: new keys.
  const features = await announceFeatures(xmpp, {
    node: 'https://example.org/kontalk-chat',
    features: KEYRING_FEATURES,
  });
  const groups = kontalkGroups(connection, { account: me, state, keyring: keys, available: false });
  groups.on('fault', ({ error }) => onProblem(error));
  connection.subscribe((event) => {
    if (event.kind === 'online' && !event.resumed) {
      connection.send(xml('presence', {}, [features])).catch(onProblem);
    }
  });
  return {
    groups,
    keys,
    start: async () => {
      await xmpp.start();
      await keys.announce();
    },
    stop: async () => {
      ended = true;
      groups.close();
      keys.close();
      await xmpp.stop();
      await state.close();
    },
  };
}
