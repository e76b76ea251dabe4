import { NS } from '../../xml/namespaces.js';
import type { GroupCommand } from '../command.js';
import { bareJid } from './clockwork.js';
import { groupDriver, type Sent } from './group-driver.js';
import { type Cast, STORED, secondCreation } from './matrix-cast.js';
import { askAvatarXml, avatarXml, imageXml, pictureOf } from './pictures.js';
import {
  bare,
  createXml,
  INCOGNITO,
  iqXml,
  messageXml,
  NURSE,
  originIdXml,
  presenceXml,
  VERONA,
} from './scenes.js';

/** One row of matrix.txt: what somebody does, in a group that was made with `options`. */
interface MatrixRow {
  readonly title: string;
  readonly options?: string;
  /** What happens before. */
  prepare?(cast: Cast): void;
  act(cast: Cast): readonly Sent[];
}

const CLOSED = '<name>Verona</name><membership>member-only</membership>';
/** Who stands for another group sends presence that says so (reference 5.1). */
const MARK = `<x xmlns='${NS.groups}'><name>Mantua</name></x>`;

const get = (title: string, payload: (cast: Cast) => string, options?: string): MatrixRow => ({
  title,
  ...(options === undefined ? {} : { options }),
  act: (cast) => cast.driver.send(iqXml(cast.me, 'get', payload(cast))),
});
const set = (title: string, payload: (cast: Cast) => string, to = VERONA): MatrixRow => ({
  title,
  act: (cast) => cast.driver.send(iqXml(cast.me, 'set', payload(cast), to)),
});
const presence = (title: string, type?: string, payload = '', options?: string): MatrixRow => ({
  title,
  ...(options === undefined ? {} : { options }),
  act: ({ driver, me, role }) =>
    driver.send(presenceXml(me, type, role === 'group' && type === 'subscribe' ? MARK : payload)),
});
const message = (title: string, text: string, payload = ''): MatrixRow => ({
  title,
  act: ({ driver, me }) => driver.send(messageXml(me, text, payload + originIdXml('new'))),
});
const xml = (title: string, source: (cast: Cast) => string): MatrixRow => ({
  title,
  act: (cast) => cast.driver.send(source(cast)),
});

const OPEN = presence('open the chat', undefined, `<x xmlns='${NS.groupsPresent}'/>`);
const afterOpening = (row: MatrixRow): MatrixRow => ({
  ...row,
  prepare: (cast) => void OPEN.act(cast),
});

/** The group gives it to the group that the chat will be, which answers. */
const privately = (title: string, options: string): MatrixRow => ({
  title,
  options,
  act: ({ driver, me, member }) => {
    const sent = driver.send(createXml(`<peer-to-peer jid='${VERONA}' id='${member}'/>`, me));
    const passed = driver.passed.map((one) => groupDriver('chat', driver.env).receive(one));
    return [...sent, ...passed.flat()];
  },
});

const disclosure = (title: string, type: string, options: string): MatrixRow => ({
  ...set(
    title,
    ({ member }) =>
      `<disclosure xmlns='${NS.groups}' type='${type}'><recipient id='${member}'/></disclosure>`,
  ),
  options,
});

const form = (namespace: string, ...fields: readonly (readonly [string, string])[]): string =>
  `<query xmlns='${namespace}'><x xmlns='${NS.dataForms}' type='submit'>${fields
    .map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`)
    .join('')}</x></query>`;
const rightsForm = (id: string, right: string): string =>
  form(NS.groupsRights, ['FORM_TYPE', NS.groupsRights], ['user-id', id], [right, '3600']);
const permissions = (target: string, name: string, status: boolean): string =>
  `<permissions xmlns='${NS.permissions}' target='${target}'>` +
  `<permission name='${name}' status='${status}' seconds='3600'/></permissions>`;
const card = (id: string, child: string): string =>
  `<query xmlns='${NS.groupsMembers}'><user xmlns='${NS.groups}' id='${id}'>${child}</user></query>`;
const query = (namespace: string, attrs = '', child = ''): string =>
  `<query xmlns='${namespace}'${attrs}>${child}</query>`;
const user = (id: string): string => `<user xmlns='${NS.groups}' id='${id}'/>`;
const rewrite = (name: string, attrs: string): string =>
  `<${name} xmlns='${NS.rewrite}' symmetric='true'${attrs}/>`;
const replace = (id: string): string =>
  `<replace xmlns='${NS.rewrite}' id='${id}'><message><body>another word</body></message></replace>`;
const file = (content: string): string =>
  `<reference xmlns='${NS.references}' type='mutable' begin='0' end='4'>${content}</reference>`;
const shared = (type: string): string =>
  `<file-sharing xmlns='${NS.files}'><file><media-type>${type}</media-type><name>f</name></file>` +
  '<sources><uri>https://example.com/f</uri></sources></file-sharing>';
const update = (child: string): string => `<update xmlns='${NS.groups}'>${child}</update>`;
const block = (name: 'block' | 'unblock', child: string): string =>
  `<${name} xmlns='${NS.groupsBlock}'>${child}</${name}>`;
const kick = (id: string): string => `<kick xmlns='${NS.groups}'><id>${id}</id></kick>`;

/** A kind of command that nobody sends: the component decides by itself when it is due. */
const NOBODY: readonly MatrixRow[] = [];

/**
 * What can be asked of a group, by the kind of its command: the compiler sees that none is left out. Each row
 * stands in matrix.txt under its title.
 */
export const REQUESTS: Readonly<Record<GroupCommand['kind'], readonly MatrixRow[]>> = {
  erase: NOBODY,
  vcardChanged: NOBODY,
  create: [xml('create a group at this address', ({ me }) => secondCreation(me))],
  subscribe: [
    presence('ask to join', 'subscribe'),
    presence('ask to join, member-only', 'subscribe', '', CLOSED),
  ],
  approved: [presence('approve the request of the group', 'subscribed')],
  left: [presence('leave, or refuse', 'unsubscribe')],
  appeared: [presence('come online')],
  probed: [presence('probe', 'probe')],
  opened: [OPEN],
  closed: [afterOpening(presence('close the chat', undefined, `<x xmlns='${NS.groupsNotPresent}'/>`))],
  disappeared: [afterOpening(presence('go offline', 'unavailable'))],
  post: [
    message('write', 'Hello'),
    message('write with an image', 'look', file(shared('image/png'))),
    message('write with music', 'hear', file(shared('audio/mpeg'))),
    message(
      'write with a voice message',
      'hear',
      file(`<voice-message xmlns='${NS.voiceMessages}'>${shared('audio/ogg')}</voice-message>`),
    ),
    message('write with a sticker', 'see', `<sticker xmlns='${NS.stickers}' pack='p'/>`),
  ],
  displayed: [
    xml(
      'mark a message as seen',
      ({ me, hers }) =>
        `<message from='${me}' to='${VERONA}' type='chat'><displayed xmlns='${NS.chatMarkers}' id='s${hers}'>` +
        `<stanza-id xmlns='${NS.stanzaIds}' by='${VERONA}' id='${hers}'/></displayed></message>`,
    ),
  ],
  retractMessage: [
    set('retract an own message', ({ mine }) => rewrite('retract-message', ` id='${mine}'`)),
    set("retract another's message", ({ hers }) => rewrite('retract-message', ` id='${hers}'`)),
  ],
  retractUser: [
    set('retract all own messages', ({ myId }) => rewrite('retract-user', ` id='${myId}'`)),
    set('retract all of a member', ({ owner }) => rewrite('retract-user', ` id='${owner}'`)),
  ],
  retractAll: [set('retract everything', () => rewrite('retract-all', ''))],
  replace: [
    set('replace an own message', ({ mine }) => replace(mine)),
    set("replace another's message", ({ hers }) => replace(hers)),
  ],
  profile: [
    {
      title: 'have another nickname in the vCard',
      act: ({ driver, me }) =>
        driver.command({ kind: 'profile', from: bareJid(bare(me)), nickname: 'Another' }),
    },
  ],
  changeCard: [
    set('change the own nickname', () => card('', '<nickname>New</nickname>')),
    set('change the own badge', () => card('', '<badge>new</badge>')),
    set("change a member's nickname", ({ member }) => card(member, '<nickname>New</nickname>')),
    set("change a member's badge", ({ member }) => card(member, '<badge>new</badge>')),
    set("change an admin's nickname", ({ admin }) => card(admin, '<nickname>New</nickname>')),
    set("change another owner's nickname", ({ owner }) => card(owner, '<nickname>New</nickname>')),
  ],
  publishImage: [
    xml('give an image for oneself', ({ me }) => imageXml(me, '', pictureOf('new'))),
    xml('give an image for a member', ({ me, member }) => imageXml(me, member, pictureOf('new'))),
    xml('give an image for the group', ({ me }) => imageXml(me, undefined, pictureOf('new'))),
  ],
  publishAvatar: [
    xml('set the own avatar', ({ me }) => avatarXml(me, '', STORED)),
    xml("set a member's avatar", ({ me, member }) => avatarXml(me, member, STORED)),
    xml("set an admin's avatar", ({ me, admin }) => avatarXml(me, admin, STORED)),
    xml("set another owner's avatar", ({ me, owner }) => avatarXml(me, owner, STORED)),
    xml("set the group's avatar", ({ me }) => avatarXml(me, undefined, STORED)),
  ],
  readAvatar: [xml("read a member's avatar", ({ me, member }) => askAvatarXml(me, 'metadata', member))],
  setRights: [
    set('restrict a member', ({ member }) => rightsForm(member, 'send-messages')),
    set('restrict an admin', ({ admin }) => rightsForm(admin, 'send-messages')),
    set('restrict another owner', ({ owner }) => rightsForm(owner, 'send-messages')),
    set('restrict oneself', ({ myId }) => rightsForm(myId, 'send-voice')),
    set('give delete-messages', ({ member }) => rightsForm(member, 'delete-messages')),
    set('give change-users', ({ member }) => rightsForm(member, 'change-users')),
    set('give set-restrictions', ({ member }) => rightsForm(member, 'set-restrictions')),
    set('give set-permissions', ({ member }) => rightsForm(member, 'set-permissions')),
    set('give change-group', ({ member }) => rightsForm(member, 'change-group')),
    set('give owner', ({ member }) => rightsForm(member, 'owner')),
    set('give an admin change-users', ({ admin }) => rightsForm(admin, 'change-users')),
  ],
  setPermissions: [
    set('restrict a member, 2026', ({ member }) => permissions(member, 'send-messages', false)),
    set('give delete-messages, 2026', ({ member }) => permissions(member, 'delete-messages', true)),
    set('give owner, 2026', ({ member }) => permissions(member, 'owner', true)),
  ],
  setDefaultRights: [
    set('restrict newcomers', () =>
      form(NS.groupsDefaultRights, ['FORM_TYPE', NS.groups], ['send-messages', '3600']),
    ),
  ],
  setDefaultPermissions: [
    set(
      'restrict newcomers, 2026',
      () =>
        `<newbies xmlns='${NS.permissions}'><permissions>` +
        `<permission name='send-messages' status='false' seconds='3600'/></permissions></newbies>`,
    ),
  ],
  transferOwnership: [set('hand the group over', ({ member }) => update(`<owner>${member}</owner>`))],
  tick: NOBODY,
  setProperties: [
    set('change the properties', () => form(NS.groups, ['FORM_TYPE', NS.groups], ['name', 'Mantua'])),
  ],
  setStatus: [
    set('change the status', () =>
      form(NS.groupsStatus, ['FORM_TYPE', NS.groupsStatus], ['status', 'fiesta']),
    ),
  ],
  pin: [
    set('pin a message', ({ hers }) => update(`<pinned-message>${hers}</pinned-message>`)),
    set('unpin', () => update('<pinned-message/>')),
  ],
  openPrivateChat: [
    privately('open a private chat, incognito', INCOGNITO),
    privately('open a private chat in a public group', '<name>Verona</name>'),
  ],
  beginPrivateChat: NOBODY,
  disclose: [
    disclosure('tell a member who one is, incognito', 'offer', INCOGNITO),
    disclosure('ask a member who he is, incognito', 'request', INCOGNITO),
    disclosure('accept what nobody offered, incognito', 'accept', INCOGNITO),
    disclosure('decline what nobody offered, incognito', 'decline', INCOGNITO),
    disclosure('tell who one is in a public group', 'offer', '<name>Verona</name>'),
  ],
  setUpdates: [set('switch updates off', () => `<updates xmlns='${NS.updates}' receive='false'/>`)],
  setTyping: [
    {
      ...set('ask to hear who is typing', () => `<typing xmlns='${NS.typing}' receive='true'/>`),
      prepare: (cast) => void OPEN.act(cast),
    },
    set('hear who is typing, the chat closed', () => `<typing xmlns='${NS.typing}' receive='true'/>`),
    set('hear no more who is typing', () => `<typing xmlns='${NS.typing}' receive='false'/>`),
  ],
  typed: [
    xml(
      'be typing',
      ({ me }) =>
        `<message from='${me}' to='${VERONA}' type='chat'><composing xmlns='${NS.chatStates}'/></message>`,
    ),
  ],
  adHoc: [
    set(
      'switch updates by ad-hoc command',
      () => `<command xmlns='${NS.commands}' node='${NS.updates}' action='execute'/>`,
    ),
  ],
  delete: [set('delete the group', () => query(NS.groupsDelete, '', 'verona'), 'groups.example.com')],
  dissolve: NOBODY,
  sweep: NOBODY,
  invite: [
    set('invite somebody', () => `<invite xmlns='${NS.groupsInvite}'><jid>lady@example.net</jid></invite>`),
    set(
      'invite who is blocked',
      ({ enemy }) => `<invite xmlns='${NS.groupsInvite}'><jid>${enemy}</jid></invite>`,
    ),
  ],
  decline: [set('decline an invitation', () => `<decline xmlns='${NS.groupsInvite}'/>`)],
  revoke: [
    set(
      "revoke another's invitation",
      ({ guest }) => `<revoke xmlns='${NS.groupsInvite}'><jid>${guest}</jid></revoke>`,
    ),
  ],
  kick: [
    set('kick a member', ({ member }) => kick(member)),
    set('kick an admin', ({ admin }) => kick(admin)),
    set('kick another owner', ({ owner }) => kick(owner)),
    set('kick oneself', ({ myId }) => kick(myId)),
    {
      ...set(
        'kick a member by JID, incognito',
        () => `<kick xmlns='${NS.groups}'><jid>${bare(NURSE)}</jid></kick>`,
      ),
      options: INCOGNITO,
    },
  ],
  block: [
    set('block a member', ({ member }) => block('block', `<id>${member}</id>`)),
    set('block an admin', ({ admin }) => block('block', `<id>${admin}</id>`)),
    set('block another owner', ({ owner }) => block('block', `<id>${owner}</id>`)),
    set('block a stranger', () => block('block', '<jid>gregory@example.net</jid>')),
    set('block a domain of nobody', () => block('block', '<domain>evil.example</domain>')),
    set("block the owners' domain", () => block('block', '<domain>example.org</domain>')),
  ],
  unblock: [set('unblock', ({ enemy }) => block('unblock', `<jid>${enemy}</jid>`))],
  discoInfo: [get('disco#info', () => query(NS.discoInfo))],
  discoItems: [get('disco#items', () => query(NS.discoItems))],
  vcard: [get('vCard', () => `<vCard xmlns='${NS.vcard}'/>`)],
  allRights: [get('which rights there are', () => query(NS.groupsRights))],
  defaultRights: [get('rights of newcomers', () => query(NS.groupsDefaultRights))],
  invitations: [get('who is invited', () => query(NS.groupsInvite))],
  blocks: [get('who is blocked', () => query(NS.groupsBlock))],
  properties: [get('the form of the properties', () => query(NS.groups))],
  status: [get('the form of the status', () => query(NS.groupsStatus))],
  info: [
    get('what the group is', () => query(NS.groupsInfo)),
    get('what the group is, member-only', () => query(NS.groupsInfo), CLOSED),
  ],
  updates: [get('whether updates are on', () => `<updates xmlns='${NS.updates}'/>`)],
  typing: [get('whether one hears who is typing', () => `<typing xmlns='${NS.typing}'/>`)],
  members: [get('the list of members', () => query(NS.groupsMembers, " version='0'"))],
  member: [
    get('the own card', () => query(NS.groupsMembers, " id=''")),
    get("another's card", ({ member }) => query(NS.groupsMembers, ` id='${member}'`)),
  ],
  rights: [
    get('the own rights', () => query(NS.groupsRights, '', user(''))),
    get("another's rights", ({ member }) => query(NS.groupsRights, '', user(member))),
  ],
  permissions: [
    get('the own permissions, 2026', () => `<permissions xmlns='${NS.permissions}'/>`),
    get(
      "another's permissions, 2026",
      ({ member }) => `<permissions xmlns='${NS.permissions}' target='${member}'/>`,
    ),
  ],
  defaultPermissions: [get('permissions of newcomers, 2026', () => `<newbies xmlns='${NS.permissions}'/>`)],
  archive: [set('read the archive', () => query(NS.mam, " queryid='q'"))],
  archiveForm: [get('the fields of the archive', () => query(NS.mam))],
  rewrites: [get('what was rewritten', () => query(NS.rewrite, " version='0'"))],
  ping: [get('ping', () => `<ping xmlns='${NS.ping}'/>`)],
  version: [get('version', () => query(NS.version))],
  time: [get('time', () => `<time xmlns='${NS.time}'/>`)],
  last: [get('idle time', () => query(NS.last))],
};
