import { connect, type GroupUser, groupUser, type XmppServer } from '@xmpp-groups/harness';
import { PASSWORD, type Person } from './people.js';

/** Somebody at one of his devices. */
export interface Actor extends GroupUser {
  readonly name: string;
  /** The name and how the device is connected, for the transcript. */
  readonly title: string;
}

/** Logs people in, and all of them out again. */
export interface Cast {
  enter(person: Person, transport: 'tcp' | 'websocket'): Promise<Actor>;
  /** Logs out whoever is logged in still. */
  leave(): Promise<void>;
}

export function castOn(server: XmppServer): Cast {
  const actors = new Set<Actor>();
  return {
    enter: async ({ user, nickname }, transport) => {
      const client = await connect({ server, user, password: PASSWORD, transport });
      const title = `${nickname} (${transport === 'tcp' ? 'TCP' : 'WebSocket'})`;
      const actor: Actor = { ...groupUser(client), name: nickname, title };
      actors.add(actor);
      // Servers push changes of the roster only to who has asked for it.
      await client.roster.get();
      await client.sendPresence();
      return actor;
    },
    leave: async () => {
      await Promise.allSettled([...actors].map(({ client }) => client.stop()));
    },
  };
}
