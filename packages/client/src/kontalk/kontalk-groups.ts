import { type BareJid, bareOf, type Jid } from '@xmpp-groups/core/jid';
import {
  acceptInvitation,
  type Confirmation,
  confirmOwnerKey,
  type Fingerprint,
  type GroupKey,
  groupOf,
  isAccepted,
  newGroupId,
  type OpenedBytes,
  type Reached,
  recipients,
  withoutGroup,
} from '@xmpp-groups/core/kontalk';
import type { ChatState } from '@xmpp-groups/core/xep';
import type { Connection } from '../connection.js';
import { GroupsError } from '../errors.js';
import { createEvents } from '../events.js';
import { type Platform, systemPlatform } from '../platform.js';
import { presenceTo } from '../stanzas.js';
import { createWire } from '../wire.js';
import { openAccount } from './account.js';
import { createChatStates } from './chat-state.js';
import { watchComingBack } from './come-back.js';
import { type Content, payloadOf, type SendOptions } from './content.js';
import { type Choices, type Context, environmentOf, inBackground, isOnline, tellFault } from './context.js';
import { groupView, type KontalkGroup } from './group.js';
import type { Kept } from './kept.js';
import type { Keyring } from './keyring.js';
import type { KontalkEvents } from './kinds.js';
import { createListener } from './listen.js';
import { openPost } from './post.js';
import { createSpeaker } from './say.js';
import { openFile, sealFile } from './sealed-files.js';
import { followSendings, type Sending } from './sending.js';
import { searchOn } from './service.js';
import { memoryState, type StatePort } from './state-port.js';
import { watchKeys } from './watch-keys.js';

/**
 * What a client does in Kontalk groups. All promises settle; those that reject do so with a `GroupsError`. What was
 * said is kept before a promise resolves: it goes out even when the connection is away, or after a restart.
 */
export interface KontalkGroups {
  /** Calls `listener` for each event of a kind. Returns the function that ends it. */
  on<K extends keyof KontalkEvents>(kind: K, listener: (event: KontalkEvents[K]) => void): () => void;

  /** All groups, also those that I have left or am invited to. */
  list(): Promise<readonly KontalkGroup[]>;
  /** One group; `undefined` when there is none. */
  group(group: GroupKey): Promise<KontalkGroup | undefined>;

  /**
   * Creates a group that I own.
   * @param subject `undefined`: none
   * @param members everybody but me
   */
  create(subject: string | undefined, members: readonly BareJid[]): Promise<Sending>;
  /** As its owner. Who is a member already is told everything again. */
  add(group: GroupKey, members: readonly BareJid[]): Promise<Sending>;
  /** As its owner: takes members out; they are told. */
  remove(group: GroupKey, members: readonly BareJid[]): Promise<Sending>;
  /**
   * As its owner: changes the subject.
   * @param subject `undefined` takes it away
   */
  setSubject(group: GroupKey, subject: string | undefined): Promise<Sending>;
  /**
   * Says something to all members.
   * @param content a text, or what else there is to say
   */
  send(group: GroupKey, content: string | Content, options?: SendOptions): Promise<Sending>;
  /** Leaves a group; it stays in the list until it is forgotten. Without its owner nobody can change who is in it. */
  leave(group: GroupKey): Promise<Sending>;
  /** As its owner: leaves, and has a member continue it. */
  handOver(group: GroupKey, to: BareJid): Promise<Sending>;
  /** As the one whom it was handed over to: creates a group with its subject and members, which continues it. */
  continueGroup(group: GroupKey): Promise<Sending>;
  /** Forgets a group that I am not in. */
  forget(group: GroupKey): Promise<void>;

  /** Accepts an invitation; what was said meanwhile is told. */
  accept(group: GroupKey): Promise<void>;
  /** Declines an invitation; the members are told. */
  decline(group: GroupKey): Promise<Sending>;
  /** The user confirms that the owner of a group has this key now: what it has signed counts. */
  confirmOwnerKey(group: GroupKey, fingerprint: Fingerprint): Promise<void>;

  /**
   * Tells all members what one does in the chat.
   * @returns whether it was told: not while the connection is away, and not too often
   */
  chatState(group: GroupKey, state: ChatState): Promise<boolean>;
  /** How far a message of mine has come with each recipient; `undefined` when it is not remembered any more. */
  delivery(id: string): Promise<ReadonlyMap<BareJid, Reached> | undefined>;

  /** A file, encrypted for all members, to be uploaded; its address goes into a message. */
  sealFile(group: GroupKey, bytes: Uint8Array): Promise<Uint8Array>;
  /** A file that `from` has encrypted, after it was downloaded. */
  openFile(from: Jid, bytes: Uint8Array): Promise<OpenedBytes>;

  /** Ends all waiting and all events. The connection stays as it is. */
  close(): void;
}

/** How a client takes part in Kontalk groups. */
export interface KontalkOptions extends Partial<Choices> {
  /** The account of the connection. */
  readonly account: BareJid;
  /** Where groups are kept. Without it until the program ends: then others have to take me in again. */
  readonly state?: StatePort;
  /** With it everything is encrypted; without it groups are in clear. */
  readonly keyring?: Keyring;
  /**
   * Whether lists of recipients go to the server itself when none of its services takes them, as the Kontalk page
   * says. Servers that know nothing of it have to send them back; not all do.
   */
  readonly literal?: boolean;
  /** How long an answer may take, in milliseconds; 30,000 unless given. */
  readonly timeout?: number;
  /** Whether to be available after each login, so that the server delivers; `false` when the program does that. */
  readonly available?: boolean;
  readonly platform?: Platform;
}

const choicesIn = (options: KontalkOptions): Choices => ({
  autoJoin: options.autoJoin ?? (() => false),
  cleartext: options.cleartext ?? 'show',
  hidden: options.hidden ?? false,
  ownDevices: options.ownDevices ?? true,
  askReceipts: options.askReceipts ?? false,
  giveReceipts: options.giveReceipts ?? true,
});

/** Kontalk groups over a connection, which may be online already or come online later. */
export function kontalkGroups(connection: Connection, options: KontalkOptions): KontalkGroups {
  const { account: me, keyring, timeout = 30_000, available = true, platform = systemPlatform } = options;
  const wire = createWire(connection, platform, timeout);
  const account = openAccount(me, options.state ?? memoryState());
  const events = createEvents<KontalkEvents>();
  const context: Context = { me, wire, account, events, keyring, choices: choicesIn(options) };
  const service = searchOn(wire, me, options.literal ?? false);
  const post = openPost(context, service);
  const back = watchComingBack(context, post, service);
  const speaker = createSpeaker(context, post);
  const sendings = followSendings(context, timeout);
  const listener = createListener(context, back, speaker, (happened) => keys?.met(happened));
  const keys = keyring === undefined ? undefined : watchKeys(context, keyring, listener.tryAgain);

  const begin = (resumed: boolean): void => {
    if (!isOnline(context)) {
      const error = new GroupsError(
        { what: 'be in groups' },
        'conflict',
        `the connection is not that of ${me}`,
      );
      tellFault(context, undefined, error);
      return;
    }
    if (resumed) post.wake();
    else post.startOver();
    if (available && !resumed) {
      inBackground(context, undefined, wire.send({ what: 'be available' }, presenceTo(undefined)));
    }
  };
  wire.subscribe((event) => {
    if (event.kind === 'element' && isOnline(context)) {
      if (event.element.name !== 'iq') keyring?.take(event.element);
      if (event.element.name === 'message') listener.take(event.element);
    }
    if (event.kind === 'online') begin(event.resumed);
  });
  account.loaded.then(
    () => post.wake(),
    () => undefined, // The listener tells of it.
  );
  if (connection.own() !== undefined) begin(false);

  const say = (...what: Parameters<typeof speaker.say>): Promise<Sending> =>
    sendings.follow(speaker.say(...what));

  const kept = async (): Promise<Kept> => {
    await account.loaded;
    return account.kept();
  };

  const confirm = (decide: (before: Kept) => Confirmation): Promise<void> =>
    account.work(async (before) => {
      const { world, events: happened, errands } = decide(before);
      const next = world === before.world ? before : { ...before, world };
      const afterwards = (): void => listener.follow({ events: happened, errands, more: [] });
      return { kept: next, result: undefined, afterwards };
    });

  const newGroup = (subject: string | null, members: readonly BareJid[], former?: GroupKey) => {
    const group = { owner: me, id: newGroupId(platform.random) };
    const continues = former === undefined ? {} : { continues: former };
    return say({ op: 'create', group, subject, members, ...continues }, 'create a group');
  };

  return {
    on: events.on,
    list: async () => (await kept()).world.groups.map(groupView),
    group: async (group) => {
      const state = groupOf((await kept()).world, group);
      return state === undefined ? undefined : groupView(state);
    },
    create: (subject, members) => newGroup(subject ?? null, members),
    add: (group, members) => say({ op: 'add', group, members }, 'add members'),
    remove: (group, members) => say({ op: 'remove', group, members }, 'remove members'),
    setSubject: (group, subject) =>
      say({ op: 'subject', group, subject: subject ?? null }, 'change the subject'),
    send: (group, said, { leaveOut = [] } = {}) => {
      const content = typeof said === 'string' ? { text: said } : said;
      const payload = payloadOf(content, keyring !== undefined, context.choices.askReceipts);
      return say({ op: 'send', group, payload }, 'send a message', leaveOut);
    },
    leave: (group) => say({ op: 'part', group }, 'leave a group'),
    handOver: (group, to) => say({ op: 'handover', group, to }, 'hand a group over'),
    continueGroup: async (former) => {
      const state = groupOf((await kept()).world, former);
      const attempt = { what: 'continue a group' };
      if (state === undefined) throw new GroupsError(attempt, 'unknown-group', undefined);
      if (state.heir !== me) throw new GroupsError(attempt, 'wrong-member', undefined);
      return newGroup(state.subject, recipients(state), former);
    },
    forget: (group) =>
      account.work(async (before) => {
        const state = groupOf(before.world, group);
        const isIn = state?.my === 'member' || state?.my === 'invited';
        if (isIn) throw new GroupsError({ what: 'forget a group' }, 'unexpected-request', 'leave it before');
        return { kept: { ...before, world: withoutGroup(before.world, group) }, result: undefined };
      }),
    accept: (group) => confirm(({ world }) => acceptInvitation(world, group, environmentOf(context))),
    decline: (group) => say({ op: 'part', group }, 'decline an invitation'),
    confirmOwnerKey: async (group, fingerprint) => {
      const known = keyring?.keysOf(group.owner).find((key) => key.fingerprint === fingerprint);
      if (known !== undefined && !isAccepted(known)) {
        await keyring?.judge(group.owner, fingerprint, 'verified');
      }
      await confirm(({ world }) => confirmOwnerKey(world, group, fingerprint, environmentOf(context)));
      listener.tryAgain();
    },
    chatState: createChatStates(context, service).tell,
    delivery: async (id) => (await kept()).entries.find((entry) => entry.id === id)?.reached,
    sealFile: (group, bytes) => sealFile(context, group, bytes),
    openFile: (from, bytes) => openFile(context, bareOf(from), bytes),
    close: () => {
      sendings.close();
      keys?.close();
      listener.close();
      back.close();
      post.close();
      account.close();
      wire.close();
    },
  };
}
