import { NS } from '../../xml/namespaces.js';
import type { GroupCommand } from '../command.js';
import { bareJid } from './clockwork.js';
import type { GroupDriver } from './group-driver.js';
import { askAvatarXml, avatarXml, imageXml, pictureOf } from './pictures.js';
import { chatXml } from './private-chats.js';
import { bare, createXml, INCOGNITO, iqXml, messageXml, presenceXml, VERONA } from './scenes.js';

/** Who does something to whom, and what he writes in doing so. */
export interface Turn {
  readonly driver: GroupDriver;
  /** The device of who acts, and of the one whom it is about. */
  readonly who: string;
  readonly about: string;
  /** The JID of `about` in some spelling, escaped; and an element that holds it. */
  readonly address: string;
  readonly element: string;
  /** A choice among a few, from 0. */
  readonly pick: number;
  say(xml: string): void;
  run(command: GroupCommand): void;
}

type Act = (turn: Turn) => void;

const RIGHTS = [
  'owner',
  'change-group',
  'set-restrictions',
  'change-users',
  'delete-messages',
  'send-messages',
];

const oneOf = <T>(words: readonly T[], { pick }: Turn): T => {
  const word = words[pick % words.length];
  if (word === undefined) throw new Error('nothing to choose from');
  return word;
};

/** The member ids that the two have; somebody who is not known has none. */
const idOf = ({ driver }: Turn, jid: string): string =>
  driver.group().byJid.get(bareJid(bare(jid))) ?? 'nobody';
const target = (turn: Turn): string => idOf(turn, turn.about);
/** How `about` is named: by his member id, or by the JID that the group has assigned to him. */
const named = (turn: Turn): string => (turn.pick % 2 === 0 ? '' : `${VERONA}/`) + target(turn);

/** Whose avatar it is: one's own, that of the group, or that of another one. */
const ownerIn = (turn: Turn): string | undefined =>
  turn.pick % 3 === 1 ? undefined : oneOf(['', target(turn)], turn);

/** The id of a message: the latest one, or the latest of who acts. */
const latest = ({ driver }: Turn): string => String(driver.archive.at(-1)?.stanzaId ?? 1);
const ownLatest = (turn: Turn): string => {
  const id = idOf(turn, turn.who);
  return String(turn.driver.archive.findLast(({ author }) => author === id)?.stanzaId ?? 1);
};

const field = (name: string, value: string): string => `<field var='${name}'><value>${value}</value></field>`;
const submitted = (...fields: readonly string[]): string =>
  `<x xmlns='${NS.dataForms}' type='submit'>${fields.join('')}</x>`;
const empty = (namespace: string, name = 'query'): string => `<${name} xmlns='${namespace}'/>`;

const get =
  (payload: string | ((turn: Turn) => string)): Act =>
  (turn) =>
    turn.say(iqXml(turn.who, 'get', typeof payload === 'string' ? payload : payload(turn)));
const set =
  (payload: string | ((turn: Turn) => string)): Act =>
  (turn) =>
    turn.say(iqXml(turn.who, 'set', typeof payload === 'string' ? payload : payload(turn)));
const presence =
  (type?: string, payload = ''): Act =>
  (turn) =>
    turn.say(presenceXml(turn.who, type, payload));
const message =
  (payload: (turn: Turn) => string, id?: (turn: Turn) => string): Act =>
  (turn) =>
    turn.say(messageXml(turn.who, 'Hello', payload(turn), id?.(turn)));
const bodyless =
  (payload: (turn: Turn) => string): Act =>
  (turn) =>
    turn.say(`<message from='${turn.who}' to='${VERONA}' type='chat'>${payload(turn)}</message>`);

const disclosure = (turn: Turn, type: string): string =>
  `<disclosure xmlns='${NS.groups}' type='${type}'><recipient id='${target(turn)}'/><reason>Who?</reason></disclosure>`;
const DISCLOSURES = ['offer', 'request', 'offer', 'request', 'accept', 'decline'];

/** Somebody answers who is waited for, if anybody is; one of the two is not chosen by chance then. */
const answering =
  (act: Act): Act =>
  (turn) => {
    const { driver, pick } = turn;
    const open = [...driver.group().disclosures.values()].filter(({ type }) => type !== 'over');
    const one = open[pick % open.length];
    const [who, about] = [one?.to, one?.from].map((id) => driver.group().members.get(id ?? '')?.jid);
    act(who === undefined || about === undefined ? turn : { ...turn, who: `${who}/d`, about });
  };

const command = (node: string, form = ''): string =>
  `<command xmlns='${NS.commands}' node='${node}' action='execute'>${form}</command>`;

const archive =
  (name: string, value: (turn: Turn) => string): Act =>
  (turn) =>
    set(
      `<query xmlns='${NS.mam}' queryid='q'>${submitted(field('FORM_TYPE', NS.mam), field(name, value(turn)))}</query>`,
    )(turn);

const ROSE = pictureOf('a rose');

/** What people do, for every command that there is: one that is left out does not compile. */
export const CONDUCT: Readonly<Record<GroupCommand['kind'], readonly Act[]>> = {
  adHoc: [
    set((turn) => command(oneOf([NS.updates, NS.disclosure, NS.disclosureAnswer], turn))),
    set((turn) => command(NS.updates, submitted(field('receive', String(turn.pick % 2))))),
    set((turn) =>
      command(
        NS.disclosure,
        submitted(field('member', target(turn)), field('step', oneOf(['offer', 'request'], turn))),
      ),
    ),
    answering(
      set((turn) =>
        command(
          NS.disclosureAnswer,
          submitted(field('member', target(turn)), field('step', oneOf(['accept', 'decline'], turn))),
        ),
      ),
    ),
    answering(set(command(NS.disclosureAnswer))),
  ],
  allRights: [get(empty(NS.groupsRights))],
  appeared: [presence(), presence(undefined, `<x xmlns='${NS.vcardUpdate}'><photo>${ROSE.sha1}</photo></x>`)],
  approved: [presence('subscribed')],
  beginPrivateChat: [
    (turn) => {
      const partner = (jid: string) => ({
        jid: bareJid(bare(jid)),
        nickname: 'Mask',
        badge: '',
        avatar: undefined,
      });
      const parent = { jid: bareJid(VERONA), name: 'Masks' };
      turn.run({ kind: 'beginPrivateChat', parent, asker: partner(turn.who), guest: partner(turn.about) });
    },
  ],
  archive: [
    archive('with', ({ address }) => address),
    archive('with', named),
    archive('withtext', () => ''),
    archive('withtext', ({ address }) => address),
    archive('ids', latest),
  ],
  archiveForm: [get(empty(NS.mam))],
  block: [
    set((turn) => `<block xmlns='${NS.groupsBlock}'><id>${named(turn)}</id></block>`),
    set(({ about }) => `<block xmlns='${NS.groupsBlock}'><jid>${bare(about)}</jid></block>`),
  ],
  blocks: [get(empty(NS.groupsBlock))],
  changeCard: [
    (turn) => {
      const part = oneOf(['nickname', 'badge'], turn);
      const id = oneOf(['', target(turn)], { ...turn, pick: turn.pick >> 1 });
      const text = oneOf([`I am ${turn.address}`, `Mask ${turn.pick}`], { ...turn, pick: turn.pick >> 2 });
      const card = `<user xmlns='${NS.groups}' id='${id}'><${part}>${text}</${part}></user>`;
      turn.say(iqXml(turn.who, 'set', `<query xmlns='${NS.groupsMembers}'>${card}</query>`));
    },
  ],
  closed: [
    presence(undefined, empty(NS.groupsNotPresent, 'x')),
    bodyless(() => empty(NS.chatStates, 'gone')),
  ],
  create: [(turn) => turn.say(createXml(INCOGNITO, turn.who))],
  decline: [set(empty(NS.groupsInvite, 'decline'))],
  defaultPermissions: [get(empty(NS.permissions, 'defaults')), get(empty(NS.permissions, 'newbies'))],
  defaultRights: [get(empty(NS.groupsDefaultRights))],
  delete: [
    ({ who, say }) =>
      say(iqXml(who, 'set', `<query xmlns='${NS.groupsDelete}'>verona</query>`, 'groups.example.com')),
  ],
  disappeared: [presence('unavailable')],
  disclose: [
    set((turn) => disclosure(turn, oneOf(DISCLOSURES, turn))),
    bodyless((turn) => disclosure(turn, oneOf(DISCLOSURES, turn))),
    message((turn) => disclosure(turn, oneOf(DISCLOSURES, turn))),
    answering(set((turn) => disclosure(turn, oneOf(['accept', 'decline', 'offer', 'request'], turn)))),
  ],
  discoInfo: [
    get(empty(NS.discoInfo)),
    get(`<query xmlns='${NS.discoInfo}' node='${NS.commands}'/>`),
    get(`<query xmlns='${NS.discoInfo}' node='${NS.disclosure}'/>`),
  ],
  discoItems: [get(empty(NS.discoItems)), get(`<query xmlns='${NS.discoItems}' node='${NS.commands}'/>`)],
  displayed: [
    bodyless(({ address }) => `<displayed xmlns='${NS.chatMarkers}' id="${address}"/>`),
    bodyless((turn) => {
      const own = `<stanza-id xmlns='${NS.stanzaIds}' by='${VERONA}' id='${latest(turn)}'/>`;
      return `<displayed xmlns='${NS.chatMarkers}' id="${turn.address}">${own}</displayed>`;
    }),
  ],
  dissolve: [(turn) => turn.run({ kind: 'dissolve' })],
  info: [get(empty(NS.groupsInfo))],
  invitations: [get(empty(NS.groupsInvite))],
  invite: [
    set(
      ({ about, pick }) =>
        `<invite xmlns='${NS.groupsInvite}'><jid>${bare(about)}</jid><send>${pick % 2 === 0}</send></invite>`,
    ),
  ],
  kick: [
    set((turn) => `<kick xmlns='${NS.groups}'><id>${named(turn)}</id></kick>`),
    set(({ about }) => `<kick xmlns='${NS.groups}'><jid>${bare(about)}</jid></kick>`),
  ],
  last: [get(empty(NS.last))],
  left: [presence('unsubscribe'), presence('unsubscribed')],
  member: [
    get((turn) => `<query xmlns='${NS.groupsMembers}' id='${named(turn)}'/>`),
    get(`<query xmlns='${NS.groupsMembers}' id=''/>`),
    get(({ address }) => `<query xmlns='${NS.groupsMembers}' id="${address}"/>`),
    get((turn) => `<query xmlns='${NS.groupsV0Members}' id='${named(turn)}'/>`),
  ],
  members: [
    get(`<query xmlns='${NS.groupsMembers}' version='0'/>`),
    get(`<query xmlns='${NS.groupsMembers}' version='1'/>`),
    get(`<query xmlns='${NS.groupsV0Members}' version='1'/>`),
    get(`<query xmlns='${NS.groupsMembers}' version='0'><set xmlns='${NS.rsm}'><max>2</max></set></query>`),
  ],
  opened: [
    presence(undefined, `<x xmlns='${NS.groupsV0}#present'/>`),
    presence(undefined, empty(NS.groupsPresent, 'x')),
    bodyless(() => empty(NS.chatStates, 'active')),
  ],
  openPrivateChat: [(turn) => turn.say(chatXml(turn.who, target(turn)))],
  permissions: [get((turn) => `<permissions xmlns='${NS.permissions}' target='${named(turn)}'/>`)],
  pin: [
    set((turn) => `<update xmlns='${NS.groups}'><pinned-message>${latest(turn)}</pinned-message></update>`),
  ],
  ping: [get(empty(NS.ping, 'ping'))],
  post: [
    message(({ element }) => `<request xmlns='${NS.deliveryV0}'/>${element}`),
    message(({ element }) => element),
    message(
      ({ address }) => `<origin-id xmlns='${NS.stanzaIds}' id="${address}"/>`,
      ({ about }) => about,
    ),
    message(
      ({ address }) => `<replace xmlns='${NS.messageCorrection}' id="${address}"/>`,
      ({ about }) => about,
    ),
    message(({ address }) => `<reply xmlns='${NS.reply}' to="${address}" id="${address}"/>`),
    message((turn) => `<reply xmlns='${NS.reply}' to="${turn.address}" id="${latest(turn)}"/>`),
    bodyless(({ address }) => `<reactions xmlns='${NS.reactions}' id="${address}"/>`),
    bodyless((turn) => `<reactions xmlns='${NS.reactions}' id="${latest(turn)}"/>`),
    message(
      (turn) =>
        `<disclosed xmlns='${NS.groups}' type='offer'><user id='${target(turn)}'><jid>${bare(turn.about)}</jid></user></disclosed>`,
    ),
  ],
  probed: [presence('probe')],
  profile: [
    (turn) =>
      turn.run({ kind: 'profile', from: bareJid(bare(turn.who)), nickname: bare(turn.who), avatar: 'none' }),
    bodylessEvent,
  ],
  properties: [get(empty(NS.groups))],
  publishAvatar: [
    (turn) => {
      const owner = ownerIn(turn);
      turn.say(imageXml(turn.who, owner, ROSE));
      turn.say(avatarXml(turn.who, owner, ROSE.textSha1));
      const info = `<info id='${ROSE.textSha1}' type='${turn.address}' url="${turn.address}"/>`;
      turn.say(avatarXml(turn.who, owner, ROSE.textSha1, info));
    },
  ],
  publishImage: [(turn) => turn.say(imageXml(turn.who, '', ROSE, turn.address))],
  readAvatar: [
    (turn) => turn.say(askAvatarXml(turn.who, 'metadata', ownerIn(turn))),
    (turn) => turn.say(askAvatarXml(turn.who, 'data', ownerIn(turn))),
  ],
  replace: [
    set(
      (turn) =>
        `<replace xmlns='${NS.rewrite}' id='${ownLatest(turn)}'><message><body>Hi</body>${turn.element}</message></replace>`,
    ),
  ],
  retractAll: [set(`<retract-all xmlns='${NS.rewrite}' symmetric='true'/>`)],
  retractMessage: [
    bodyless(({ address }) => `<retract xmlns='${NS.messageRetraction}' id="${address}"/>`),
    set((turn) => `<retract-message xmlns='${NS.rewrite}' id='${latest(turn)}' symmetric='true'/>`),
    set(
      (turn) =>
        `<moderate xmlns='${NS.messageModeration}' id='${latest(turn)}'><retract xmlns='${NS.messageRetraction}'/></moderate>`,
    ),
  ],
  retractUser: [set((turn) => `<retract-user xmlns='${NS.rewrite}' id='${named(turn)}' symmetric='true'/>`)],
  revoke: [set(({ about }) => `<revoke xmlns='${NS.groupsInvite}'><jid>${bare(about)}</jid></revoke>`)],
  rewrites: [get(`<query xmlns='${NS.rewrite}' version='0'/>`), get(empty(NS.rewrite))],
  rights: [
    get(
      (turn) => `<query xmlns='${NS.groupsRights}'><user xmlns='${NS.groups}' id='${named(turn)}'/></query>`,
    ),
    get(`<query xmlns='${NS.groupsRights}'><user xmlns='${NS.groups}' id=''/></query>`),
  ],
  setDefaultPermissions: [
    set(
      ({ pick }) =>
        `<defaults xmlns='${NS.permissions}'><permissions><permission name='send-messages' status='${pick % 2 === 0}' seconds='300'/></permissions></defaults>`,
    ),
  ],
  setDefaultRights: [
    set(`<query xmlns='${NS.groupsDefaultRights}'>${submitted(field('send-voice', '300'))}</query>`),
  ],
  setPermissions: [
    set(
      (turn) =>
        `<permissions xmlns='${NS.permissions}' target='${named(turn)}'><permission name='block-users' status='${turn.pick % 2 === 0}'/></permissions>`,
    ),
  ],
  setProperties: [
    set(({ pick }) => `<query xmlns='${NS.groups}'>${submitted(field('name', `Masks ${pick}`))}</query>`),
  ],
  setRights: [
    set(
      (turn) =>
        `<query xmlns='${NS.groupsRights}'>${submitted(
          field('user-id', named(turn)),
          field(oneOf(RIGHTS, turn), turn.pick % 4 === 0 ? '' : '0'),
        )}</query>`,
    ),
  ],
  setStatus: [
    set(
      (turn) =>
        `<query xmlns='${NS.groupsStatus}'>${submitted(
          field('status', oneOf(['discussion', 'fiesta', 'discussion', 'limited', 'inactive'], turn)),
        )}</query>`,
    ),
  ],
  setTyping: [
    (turn) => {
      presence(undefined, empty(NS.groupsPresent, 'x'))(turn);
      set(`<typing xmlns='${NS.typing}' receive='${turn.pick % 4 !== 0}'/>`)(turn);
    },
  ],
  setUpdates: [set(({ pick }) => `<updates xmlns='${NS.updates}' receive='${pick % 2 === 0}'/>`)],
  status: [get(empty(NS.groupsStatus))],
  subscribe: [presence('subscribe')],
  sweep: [(turn) => turn.run({ kind: 'sweep' })],
  tick: [(turn) => turn.run({ kind: 'tick' })],
  time: [get(empty(NS.time, 'time'))],
  transferOwnership: [
    set(
      (turn) =>
        `<update xmlns='${NS.groups}'><owner>${oneOf([named(turn), bare(turn.about)], turn)}</owner></update>`,
    ),
  ],
  typed: [bodyless(() => empty(NS.chatStates, 'composing')), bodyless(() => empty(NS.chatStates, 'paused'))],
  typing: [get(empty(NS.typing, 'typing'))],
  unblock: [
    set((turn) => `<unblock xmlns='${NS.groupsBlock}'><id>${named(turn)}</id></unblock>`),
    set(({ about }) => `<unblock xmlns='${NS.groupsBlock}'><jid>${bare(about)}</jid></unblock>`),
  ],
  updates: [get(empty(NS.updates, 'updates'))],
  vcard: [get(empty(NS.vcard, 'vCard'))],
  version: [get(empty(NS.version))],
};

/** Word of the avatar of his account (XEP-0084). */
function bodylessEvent(turn: Turn): void {
  const item = `<item id='${turn.address}'><metadata xmlns='${NS.avatarMetadata}'><info id='${turn.address}'/></metadata></item>`;
  turn.say(
    `<message from='${turn.who}' to='${VERONA}' type='headline'><event xmlns='${NS.pubsubEvent}'>` +
      `<items node='${NS.avatarMetadata}'>${item}</items></event></message>`,
  );
}
