import { askForSecretKey } from '@xmpp-groups/core/kontalk';
import { pubsub } from '@xmpp-groups/core/xep';
import type { Connection } from '../../connection.js';
import { GroupsError } from '../../errors.js';
import { systemPlatform } from '../../platform.js';
import { createWire } from '../../wire.js';

/**
 * The secret key that another device of the account has kept on the server, still encrypted with the backup code
 * (XEP-0373, section 5); `undefined` when there is none. Rejects with a `GroupsError`.
 * @param timeout how long the answer may take, in milliseconds
 */
export async function fetchBackup(connection: Connection, timeout = 60_000): Promise<Uint8Array | undefined> {
  const wire = createWire(connection, systemPlatform, timeout);
  try {
    const answer = await wire.ask({ what: 'ask for the own secret key' }, askForSecretKey(), pubsub);
    return answer.items?.items[0]?.secretKey?.message;
  } catch (error) {
    if (error instanceof GroupsError && error.condition === 'item-not-found') return undefined;
    throw error;
  } finally {
    wire.close();
  }
}
