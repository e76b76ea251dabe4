import type { BareJid } from '@xmpp-groups/core/jid';
import { roster } from '@xmpp-groups/core/stanza';
import type { GroupInfo, Right, UserCard } from '@xmpp-groups/core/xabber';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Connection } from '../connection.js';
import { createEvents } from '../events.js';
import { type Platform, systemPlatform } from '../platform.js';
import { presenceTo } from '../stanzas.js';
import { createWire } from '../wire.js';
import { type AvatarOwner, type Picture, publishAvatar, readAvatar, removeAvatar } from './avatars.js';
import { type Blocked, blockPeople, kickMembers, listBlocked, type Named, unblockPeople } from './blocks.js';
import { catchUp } from './catch-up.js';
import { type Context, tellFault } from './context.js';
import { createGroup, deleteGroup, type NewGroup } from './create.js';
import { describeGroup, findHosts, type GroupDescription, type ListedGroup, listGroups } from './discover.js';
import { type HistoryPage, type HistoryQuestion, readHistory } from './history.js';
import { receive } from './incoming.js';
import { declineInvitation, type Invited, inviteTo, openInvitations, revokeInvitation } from './invite.js';
import { joinGroup, type Membership } from './join.js';
import type { XabberEvents } from './kinds.js';
import { leaveGroup } from './leave.js';
import { loadMembers, memberById, refreshMembers, renameMember } from './members.js';
import { createOutgoing, type Sending } from './outgoing.js';
import { pinMessage } from './pins.js';
import { bePresent } from './present.js';
import { editMessage, type Retraction, retractMessages } from './rewrite.js';
import { changeRights, readRights, type ShownRight } from './rights.js';
import {
  changeSettings,
  changeStatus,
  type GroupSettings,
  type GroupStatus,
  readSettings,
  readStatus,
} from './settings.js';
import { newGroup, type Position } from './state.js';

/** What a client does in Xabber groups. All promises settle; those that reject do so with a `GroupsError`. */
export interface XabberGroups {
  /** Calls `listener` for each event of a kind. Returns the function that ends it. */
  on<K extends keyof XabberEvents>(kind: K, listener: (event: XabberEvents[K]) => void): () => void;

  /** The hosts of groups that a server names. */
  hosts(server: BareJid): Promise<readonly BareJid[]>;
  /** The groups that a host shows. */
  list(host: BareJid): Promise<readonly ListedGroup[]>;
  /** What a group says of itself; `undefined` when it is none. */
  describe(group: BareJid): Promise<GroupDescription | undefined>;

  /** Creates a group and follows it. */
  create(host: BareJid, options?: NewGroup): Promise<BareJid>;
  /** Deletes a group for everybody. */
  delete(group: BareJid): Promise<void>;
  /** Joins a group and follows it. */
  join(group: BareJid): Promise<Membership>;
  leave(group: BareJid): Promise<void>;
  /**
   * Tells of everything in a group behind `position`, and from now on; resolves when all that was missed has been told.
   * Without a position it begins behind the newest message. After each new login it goes on by itself.
   */
  follow(group: BareJid, position?: Position): Promise<void>;
  /** Where a followed group is, to be given to `follow` after a restart. */
  position(group: BareJid): Position | undefined;
  /** What a followed group told last of itself. */
  info(group: BareJid): GroupInfo | undefined;

  /** The group tells the invited person. */
  invite(group: BareJid, whom: BareJid, reason?: string): Promise<void>;
  decline(group: BareJid): Promise<void>;
  invitations(group: BareJid): Promise<readonly Invited[]>;
  revoke(group: BareJid, whom: BareJid): Promise<void>;

  /** The members of a followed group by their ids; asked for once, then kept up to date (see the event). */
  members(group: BareJid): Promise<ReadonlyMap<string, UserCard>>;
  /** The card of a member, `''` for oneself. */
  member(group: BareJid, id: string): Promise<UserCard>;
  rename(group: BareJid, id: string, names: { nickname?: string; badge?: string }): Promise<void>;

  send(group: BareJid, text: string, more?: readonly XmlElement[]): Sending;
  /** Sends a failed message again as the same one; `undefined` when there is none with this origin-id. */
  retry(originId: string): Sending | undefined;
  edit(group: BareJid, stanzaId: string, text: string, more?: readonly XmlElement[]): Promise<void>;
  retract(group: BareJid, what: Retraction): Promise<void>;
  history(group: BareJid, question?: HistoryQuestion): Promise<HistoryPage>;
  pin(group: BareJid, stanzaId: string | undefined): Promise<void>;

  rights(group: BareJid, id: string): Promise<readonly ShownRight[]>;
  setRights(group: BareJid, id: string, changes: ReadonlyMap<Right, number | undefined>): Promise<void>;
  kick(group: BareJid, whom: Omit<Named, 'domains'>): Promise<void>;
  block(group: BareJid, whom: Named): Promise<void>;
  unblock(group: BareJid, whom: Named): Promise<void>;
  blocked(group: BareJid): Promise<Blocked>;

  settings(group: BareJid): Promise<GroupSettings>;
  setSettings(group: BareJid, changes: Partial<GroupSettings>): Promise<void>;
  status(group: BareJid): Promise<GroupStatus>;
  setStatus(group: BareJid, status: string): Promise<string>;
  publishAvatar(group: BareJid, owner: AvatarOwner, picture: Picture): Promise<string>;
  removeAvatar(group: BareJid, owner: AvatarOwner): Promise<void>;
  avatar(group: BareJid, owner: AvatarOwner, id: string): Promise<Uint8Array>;

  /** Has the chat open until the returned function is called. */
  present(group: BareJid): () => void;

  /** Ends all waiting and all events. The connection stays as it is. */
  close(): void;
}

/** How a client takes part in Xabber groups. */
export interface XabberOptions {
  /** How long an answer or an echo may take, in milliseconds; 30,000 unless given. */
  readonly timeout?: number;
  /** Whether to ask for the roster and to be available after each login; `false` when the program does that. */
  readonly available?: boolean;
  readonly platform?: Platform;
}

/** Xabber groups over a connection, which may be online already or come online later. */
export function xabberGroups(connection: Connection, options: XabberOptions = {}): XabberGroups {
  const { timeout = 30_000, available = true, platform = systemPlatform } = options;
  const wire = createWire(connection, platform, timeout);
  const context: Context = { wire, events: createEvents<XabberEvents>(), groups: new Map() };
  const { events, groups } = context;
  const outgoing = createOutgoing(wire, events, timeout);

  const greet = async (): Promise<void> => {
    // Servers push requests for subscriptions only to who has asked for the roster.
    await wire.ask({ what: 'ask for the roster' }, roster.build({ items: [] }), roster);
    await wire.send({ what: 'be available' }, presenceTo(undefined));
  };

  const begin = (): void => {
    if (available) greet().catch((error: unknown) => tellFault(context, undefined, error));
    outgoing.resend();
    for (const group of groups.values()) {
      void catchUp(context, group);
      void refreshMembers(context, group);
    }
  };

  const follow = async (group: BareJid, position: Position = {}): Promise<void> => {
    if (groups.has(group)) return;
    const followed = newGroup(group, position);
    groups.set(group, followed);
    const done = catchUp(context, followed);
    followed.me = await memberById(wire, group, '');
    await done;
  };

  wire.subscribe((event) => {
    if (event.kind === 'element') receive(context, outgoing, event.element);
    if (event.kind === 'online' && !event.resumed) begin();
  });
  if (connection.own() !== undefined) begin();

  return {
    on: events.on,
    hosts: (server) => findHosts(wire, server),
    list: (host) => listGroups(wire, host),
    describe: (group) => describeGroup(wire, group),
    create: async (host, wanted = {}) => {
      const group = await createGroup(wire, host, wanted);
      await follow(group);
      return group;
    },
    delete: (group) => deleteGroup(wire, group),
    join: async (group) => {
      const membership = await joinGroup(wire, group);
      await follow(group);
      return membership;
    },
    leave: async (group) => {
      await leaveGroup(wire, group);
      groups.get(group)?.cancelRetry();
      groups.delete(group);
    },
    follow,
    position: (group) => groups.get(group)?.position,
    info: (group) => groups.get(group)?.info,
    invite: (group, whom, reason) => inviteTo(wire, group, whom, reason),
    decline: (group) => declineInvitation(wire, group),
    invitations: (group) => openInvitations(wire, group),
    revoke: (group, whom) => revokeInvitation(wire, group, whom),
    members: async (group) => {
      const followed = groups.get(group) ?? newGroup(group, {});
      return (followed.members ?? (await loadMembers(context, followed))).members;
    },
    member: (group, id) => memberById(wire, group, id),
    rename: (group, id, names) => renameMember(wire, group, id, names),
    send: (group, text, more = []) => outgoing.send(group, text, more),
    retry: outgoing.retry,
    edit: (group, stanzaId, text, more = []) => editMessage(wire, group, stanzaId, text, more),
    retract: (group, what) => retractMessages(wire, group, what),
    history: (group, question = { before: '' }) => readHistory(wire, group, question),
    pin: (group, stanzaId) => pinMessage(wire, group, stanzaId),
    rights: (group, id) => readRights(wire, group, id),
    setRights: (group, id, changes) => changeRights(wire, group, id, changes),
    kick: (group, whom) => kickMembers(wire, group, whom),
    block: (group, whom) => blockPeople(wire, group, whom),
    unblock: (group, whom) => unblockPeople(wire, group, whom),
    blocked: (group) => listBlocked(wire, group),
    settings: (group) => readSettings(wire, group),
    setSettings: (group, changes) => changeSettings(wire, group, changes),
    status: (group) => readStatus(wire, group),
    setStatus: (group, status) => changeStatus(wire, group, status),
    publishAvatar: (group, owner, picture) => publishAvatar(wire, group, owner, picture),
    removeAvatar: (group, owner) => removeAvatar(wire, group, owner),
    avatar: (group, owner, id) => readAvatar(wire, group, owner, id),
    present: (group) => bePresent(context, group),
    close: () => {
      for (const group of groups.values()) group.cancelRetry();
      outgoing.close();
      wire.close();
    },
  };
}
