import { NS } from '../../../xml/namespaces.js';
import { bare, VERONA } from '../scenes.js';
import {
  archive,
  bodyless,
  type Conduct,
  empty,
  get,
  latest,
  message,
  named,
  ownLatest,
  set,
  target,
} from './turn.js';

/** What is written, and what becomes of it. */
export const WRITING = {
  archive: [
    archive('with', ({ address }) => address),
    archive('with', named),
    archive('withtext', () => ''),
    archive('withtext', ({ address }) => address),
    archive('ids', latest),
  ],
  archiveForm: [get(empty(NS.mam))],
  displayed: [
    bodyless(({ address }) => `<displayed xmlns='${NS.chatMarkers}' id="${address}"/>`),
    bodyless((turn) => {
      const own = `<stanza-id xmlns='${NS.stanzaIds}' by='${VERONA}' id='${latest(turn)}'/>`;
      return `<displayed xmlns='${NS.chatMarkers}' id="${turn.address}">${own}</displayed>`;
    }),
  ],
  pin: [
    set((turn) => `<update xmlns='${NS.groups}'><pinned-message>${latest(turn)}</pinned-message></update>`),
  ],
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
  rewrites: [get(`<query xmlns='${NS.rewrite}' version='0'/>`), get(empty(NS.rewrite))],
} satisfies Conduct;
