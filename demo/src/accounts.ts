import { connect, type Ejabberd, groupUser, StanzaError } from '@xmpp-groups/harness';
import { GROUPS, JULIET, PASSWORD, PEOPLE, READY_GROUP } from './people.js';

/** Makes the accounts that are not there yet. */
export async function prepareAccounts(server: Ejabberd): Promise<void> {
  const there = await server.api('registered_users', { host: server.host });
  for (const { user, nickname } of PEOPLE) {
    if (Array.isArray(there) && there.includes(user)) continue;
    await server.register(user, PASSWORD);
    await server.api('set_nickname', { user, host: server.host, nickname });
  }
}

/**
 * Lets Juliet create the ready group unless she has it in her roster.
 * @returns its address
 */
export async function prepareGroup(server: Ejabberd): Promise<string> {
  const address = `${READY_GROUP.localpart}@${GROUPS}`;
  const roster = await server.api('get_roster', { user: JULIET.user, host: server.host });
  if (Array.isArray(roster) && roster.some((item: unknown) => isContact(item, address))) return address;
  const client = await connect({ server, user: JULIET.user, password: PASSWORD });
  try {
    await client.roster.get();
    await client.sendPresence();
    await groupUser(client).create(GROUPS, { ...READY_GROUP, index: 'local', membership: 'open' });
  } catch (error) {
    // The group outlived the account's roster: there is something to join, which is all that is wanted.
    if (!(error instanceof StanzaError && error.condition === 'conflict')) throw error;
  } finally {
    await client.stop();
  }
  return address;
}

const isContact = (item: unknown, address: string): boolean =>
  typeof item === 'object' && item !== null && 'jid' in item && item.jid === address;
