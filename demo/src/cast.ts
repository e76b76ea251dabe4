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
  /** Logs out whoever is logged in still; nobody comes in after that. */
  leave(): Promise<void>;
}

export function castOn(server: XmppServer): Cast {
  const entrances: Promise<Actor>[] = [];
  let over = false;

  const enter = async ({ user, nickname }: Person, transport: 'tcp' | 'websocket'): Promise<Actor> => {
    const client = await connect({ server, user, password: PASSWORD, transport });
    // Servers push changes of the roster only to who has asked for it.
    await client.roster.get();
    await client.sendPresence();
    const title = `${nickname} (${transport === 'tcp' ? 'TCP' : 'WebSocket'})`;
    return { ...groupUser(client), name: nickname, title };
  };

  return {
    enter: (person, transport) => {
      if (over) return Promise.reject(new Error('the play is over'));
      const entrance = enter(person, transport);
      entrances.push(entrance);
      return entrance;
    },
    leave: async () => {
      over = true;
      await Promise.allSettled(entrances.map(async (entrance) => (await entrance).client.stop()));
    },
  };
}
