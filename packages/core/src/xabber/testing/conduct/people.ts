import { NS } from '../../../xml/namespaces.js';
import { bareJid } from '../clockwork.js';
import { askAvatarXml, avatarXml, imageXml } from '../pictures.js';
import { bare, iqXml, VERONA } from '../scenes.js';
import {
  answering,
  bodyless,
  type Conduct,
  DISCLOSURES,
  disclosure,
  empty,
  get,
  message,
  named,
  oneOf,
  ownerIn,
  ROSE,
  set,
  type Turn,
  target,
} from './turn.js';

/** Members and guests: their cards, and who is sent away. */
export const COMPANY = {
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
  decline: [set(empty(NS.groupsInvite, 'decline'))],
  disclose: [
    set((turn) => disclosure(turn, oneOf(DISCLOSURES, turn))),
    bodyless((turn) => disclosure(turn, oneOf(DISCLOSURES, turn))),
    message((turn) => disclosure(turn, oneOf(DISCLOSURES, turn))),
    answering(set((turn) => disclosure(turn, oneOf(['accept', 'decline', 'offer', 'request'], turn)))),
  ],
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
  profile: [
    (turn) =>
      turn.run({ kind: 'profile', from: bareJid(bare(turn.who)), nickname: bare(turn.who), avatar: 'none' }),
    bodylessEvent,
  ],
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
  revoke: [set(({ about }) => `<revoke xmlns='${NS.groupsInvite}'><jid>${bare(about)}</jid></revoke>`)],
  unblock: [
    set((turn) => `<unblock xmlns='${NS.groupsBlock}'><id>${named(turn)}</id></unblock>`),
    set(({ about }) => `<unblock xmlns='${NS.groupsBlock}'><jid>${bare(about)}</jid></unblock>`),
  ],
} satisfies Conduct;

/** Word of the avatar of his account (XEP-0084). */
function bodylessEvent(turn: Turn): void {
  const item = `<item id='${turn.address}'><metadata xmlns='${NS.avatarMetadata}'><info id='${turn.address}'/></metadata></item>`;
  turn.say(
    `<message from='${turn.who}' to='${VERONA}' type='headline'><event xmlns='${NS.pubsubEvent}'>` +
      `<items node='${NS.avatarMetadata}'>${item}</items></event></message>`,
  );
}
