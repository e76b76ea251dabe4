import { NS } from '../../../xml/namespaces.js';
import type { ErasureStep } from '../../command.js';
import { bareJid } from '../clockwork.js';
import { chatXml } from '../private-chats.js';
import { bare, createXml, INCOGNITO, iqXml, VERONA } from '../scenes.js';
import {
  answering,
  type Conduct,
  command,
  empty,
  field,
  get,
  oneOf,
  set,
  submitted,
  target,
} from './turn.js';

/** The group as a whole, its private chats, and what every entity answers. */
export const THE_GROUP = {
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
  create: [(turn) => turn.say(createXml(INCOGNITO, turn.who))],
  delete: [
    ({ who, say }) =>
      say(iqXml(who, 'set', `<query xmlns='${NS.groupsDelete}'>verona</query>`, 'groups.example.com')),
  ],
  discoInfo: [
    get(empty(NS.discoInfo)),
    get(`<query xmlns='${NS.discoInfo}' node='${NS.commands}'/>`),
    get(`<query xmlns='${NS.discoInfo}' node='${NS.disclosure}'/>`),
  ],
  discoItems: [get(empty(NS.discoItems)), get(`<query xmlns='${NS.discoItems}' node='${NS.commands}'/>`)],
  dissolve: [(turn) => turn.run({ kind: 'dissolve' })],
  erase: [
    ({ who, run }) => {
      const steps: readonly (ErasureStep | undefined)[] = [
        undefined,
        { part: 'archive', before: Number.MAX_SAFE_INTEGER, names: [] },
        { part: 'rewrites', since: 0 },
        { part: 'rest' },
      ];
      for (const step of steps) run({ kind: 'erase', jid: bareJid(bare(who)), step });
    },
  ],
  info: [get(empty(NS.groupsInfo))],
  last: [get(empty(NS.last))],
  openPrivateChat: [(turn) => turn.say(chatXml(turn.who, target(turn)))],
  ping: [get(empty(NS.ping, 'ping'))],
  properties: [get(empty(NS.groups))],
  setProperties: [
    set(({ pick }) => `<query xmlns='${NS.groups}'>${submitted(field('name', `Masks ${pick}`))}</query>`),
  ],
  setStatus: [
    set(
      (turn) =>
        `<query xmlns='${NS.groupsStatus}'>${submitted(
          field('status', oneOf(['discussion', 'fiesta', 'discussion', 'limited', 'inactive'], turn)),
        )}</query>`,
    ),
  ],
  setUpdates: [set(({ pick }) => `<updates xmlns='${NS.updates}' receive='${pick % 2 === 0}'/>`)],
  status: [get(empty(NS.groupsStatus))],
  time: [get(empty(NS.time, 'time'))],
  updates: [get(empty(NS.updates, 'updates'))],
  vcardChanged: [({ who, run }) => run({ kind: 'vcardChanged', from: bareJid(bare(who)) })],
  vcard: [get(empty(NS.vcard, 'vCard'))],
  version: [get(empty(NS.version))],
} satisfies Conduct;
