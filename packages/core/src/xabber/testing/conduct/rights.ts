import { NS } from '../../../xml/namespaces.js';
import { bare } from '../scenes.js';
import { type Conduct, empty, field, get, named, oneOf, RIGHTS, set, submitted } from './turn.js';

/** Who may do what. */
export const RIGHTS_CONDUCT = {
  allRights: [get(empty(NS.groupsRights))],
  defaultPermissions: [get(empty(NS.permissions, 'defaults')), get(empty(NS.permissions, 'newbies'))],
  defaultRights: [get(empty(NS.groupsDefaultRights))],
  permissions: [get((turn) => `<permissions xmlns='${NS.permissions}' target='${named(turn)}'/>`)],
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
  setRights: [
    set(
      (turn) =>
        `<query xmlns='${NS.groupsRights}'>${submitted(
          field('user-id', named(turn)),
          field(oneOf(RIGHTS, turn), turn.pick % 4 === 0 ? '' : '0'),
        )}</query>`,
    ),
  ],
  tick: [(turn) => turn.run({ kind: 'tick' })],
  transferOwnership: [
    set(
      (turn) =>
        `<update xmlns='${NS.groups}'><owner>${oneOf([named(turn), bare(turn.about)], turn)}</owner></update>`,
    ),
  ],
} satisfies Conduct;
