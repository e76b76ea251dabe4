import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ejabberd, type Prosody, startProsody } from '@xmpp-groups/harness';
import { inParallel } from './in-parallel.js';
import { enterRoom, joinChannel, openChannel } from './rooms.js';
import { type Layout, placeOf } from './scene.js';
import { login, type Session } from './session.js';
import { addressOf, domainOf, type Subject } from './subjects.js';

const PASSWORD = 'pw';
const WIDTH = 16;

const userName = (place: number): string => `user${String(place).padStart(4, '0')}`;

/** The bare JIDs of the first users; both servers have the same ones. */
export const userJids = (count: number): string[] =>
  Array.from({ length: count }, (_, place) => `${userName(place)}@localhost`);

/** Registers users and logs them in, in order; `copied` gets the place of who has got which message. */
export async function logUsersIn(
  server: Ejabberd | Prosody,
  count: number,
  copied: (place: number, number: number) => void,
): Promise<Session[]> {
  const users = Array.from({ length: count }, (_, place) => userName(place));
  await inParallel(users, WIDTH, (user) => server.register(user, PASSWORD));
  return inParallel(users, WIDTH, (user, place) =>
    login({ port: server.c2sPort, host: server.host, user, password: PASSWORD }, (number) =>
      copied(place, number),
    ),
  );
}

const membersOf = (sessions: readonly Session[], layout: Layout, group: number): Session[] =>
  Array.from({ length: layout.members }, (_, index) => sessions[placeOf(layout, group, index)]).filter(
    (session) => session !== undefined,
  );

/** Makes the rooms or channels of a subject, and lets all members in. */
export async function fillRooms(
  server: Ejabberd | Prosody,
  subject: Extract<Subject, 'muc-plain' | 'muc-archived' | 'mix' | 'prosody'>,
  layout: Layout,
  sessions: readonly Session[],
): Promise<void> {
  for (let group = 0; group < layout.groups; group += 1) {
    const address = addressOf(subject, layout, group);
    const name = address.slice(0, address.indexOf('@'));
    const members = membersOf(sessions, layout, group);
    const [owner] = members;
    if (owner === undefined) throw new Error(`${address} would be empty`);
    if (subject === 'mix') await openChannel(owner, domainOf(subject), name);
    else if (server.kind === 'ejabberd') {
      const options = [{ name: 'mam', value: String(subject === 'muc-archived') }];
      const service = domainOf(subject);
      await server.api('create_room_with_opts', { name, service, host: server.host, options });
    }
    const enter = subject === 'mix' ? joinChannel : enterRoom;
    await inParallel(members, WIDTH, (session) => enter(session, address));
  }
}

/** A Prosody with users of its own, who have the same names. */
export interface ProsodyPeer {
  readonly server: Prosody;
  readonly sessions: readonly Session[];
  /** prosody.cfg.lua as it was read. */
  readonly configuration: string;
  stop(): Promise<void>;
}

/** Users log in as they do at ejabberd, without TLS; who comes and goes is not told to all, as there, and rooms have no history. */
const PROSODY = [
  'allow_unencrypted_plain_auth = true',
  'muc_room_default_presence_broadcast = { none = false, visitor = false, participant = false, moderator = false }',
  'muc_room_default_history_length = 0',
].join('\n');

export async function startProsodyPeer(
  layouts: readonly Layout[],
  users: number,
  copied: (place: number, number: number) => void,
): Promise<ProsodyPeer> {
  const server = await startProsody({ muc: true, mam: false, config: PROSODY });
  const configuration = readFileSync(join(server.dir, 'prosody.cfg.lua'), 'utf8');
  const sessions = await logUsersIn(server, users, copied);
  for (const layout of layouts) await fillRooms(server, 'prosody', layout, sessions);
  return {
    server,
    sessions,
    configuration,
    stop: async () => {
      await inParallel(sessions, 50, (session) => session.end());
      await server.stop();
    },
  };
}
