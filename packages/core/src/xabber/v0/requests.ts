import type { ValueOf } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { type FormField, formField, formOf } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';
import type { ChangeCard, GroupCommand, HostCommand } from '../command.js';
import type { CreateRequest } from '../elements/create.js';
import { interpretCreate } from '../interpret/create.js';
import { interpretPin } from '../interpret/pin.js';
import { type Request, request } from '../interpret/request.js';
import { activateV0, createV0, membersV0, rightsV0, updateV0 } from './elements.js';
import { submittedRights } from './rights.js';

const bad = (sentence: string) => err(refusal('bad-request', sentence));

/** Requests to the host whose shape has changed since the first generation (reference 16). */
export const V0_HOST_REQUESTS: readonly Request<HostCommand>[] = [
  request('set', createV0, (asked, from) => interpretCreate(optionsIn(asked), from)),
];

const isYes = (word: string): boolean =>
  ['true', 'yes', '1', 'incognito'].includes(word.trim().toLowerCase());

/** The words of 2018 count where those of 2019 are not there: who asked for a masked group gets one. */
function optionsIn({ anonymous, searchable, access, ...options }: ValueOf<typeof createV0>): CreateRequest {
  return {
    ...options,
    privacy:
      options.privacy ?? (anonymous === undefined ? undefined : isYes(anonymous) ? 'incognito' : 'public'),
    membership: options.membership ?? (access?.trim() === 'member-only' ? 'member-only' : undefined),
    index: options.index ?? (searchable === undefined || isYes(searchable) ? undefined : 'none'),
  };
}

/** Requests to a group whose shape has changed since the first generation (reference 16). */
export const V0_GROUP_REQUESTS: readonly Request<GroupCommand>[] = [
  request('get', membersV0, ({ id, version, rsm }, from) =>
    ok(id === undefined ? { kind: 'members', from, since: version, rsm } : { kind: 'member', from, id }),
  ),
  request('set', membersV0, interpretMember),
  request('get', rightsV0, (_, from) => ok({ kind: 'allRights', from })),
  request('set', rightsV0, ({ restrictions }, from) => {
    const values = submittedRights(restrictions);
    return values.ok ? ok({ kind: 'setDefaultRights', from, values: values.value }) : values;
  }),
  request('set', updateV0, interpretUpdate),
  request('set', activateV0, ({ version, lessThan }, from) =>
    ok({ kind: 'rewrites', from, since: version, lessThan }),
  ),
];

/**
 * A member gets another nickname, badge or rights, or has to go (reference 8.3). The card and the rights are two
 * things that can be refused each by itself, and so are asked for one at a time.
 */
function interpretMember(
  { id, nickname, badge, items }: ValueOf<typeof membersV0>,
  from: Jid,
): Result<GroupCommand, StanzaError> {
  const [item, ...more] = items;
  if (more.length > 0) return bad('One member is changed at a time');
  if (item === undefined) return changeCard(from, id, nickname, badge);
  const member = item.named ?? '';
  const rights = [...item.permissions, ...item.restrictions];
  if (item.newRole === 'none') return ok({ kind: 'kick', from, ids: [member], jids: [] });
  if (rights.length === 0) return changeCard(from, member, item.nickname, item.badge);
  if (item.nickname !== undefined || item.badge !== undefined) {
    return bad('Change the name or badge of a member and his rights one after the other');
  }
  const values = submittedRights(rights);
  return values.ok ? ok({ kind: 'setRights', from, id: member, values: values.value }) : values;
}

const changeCard = (
  from: Jid,
  id: string | undefined,
  nickname: string | undefined,
  badge: string | undefined,
): Result<ChangeCard, StanzaError> => ok({ kind: 'changeCard', from, id: id ?? '', nickname, badge });

/** The group is changed: its properties, or the pinned message, or its owner (reference 11.1, 11.4, 9.3). */
function interpretUpdate(
  { owner, pinned, ...properties }: ValueOf<typeof updateV0>,
  from: Jid,
): Result<GroupCommand, StanzaError> {
  const fields = fieldsOf(properties);
  const asked = [owner, pinned, fields[0]].filter((part) => part !== undefined).length;
  if (asked === 0) return bad('Nothing is said about what is to change');
  if (asked > 1) return bad('Change properties, owner and pinned message one after the other');
  if (owner !== undefined) return ok({ kind: 'transferOwnership', from, to: owner.trim() });
  if (pinned !== undefined) return interpretPin(pinned, from);
  return ok({ kind: 'setProperties', from, form: formOf('submit', NS.groups, fields) });
}

/** The form of today with the properties that are given. */
const fieldsOf = ({
  name,
  description,
  index,
  membership,
  contacts,
  domains,
}: Omit<ValueOf<typeof updateV0>, 'owner' | 'pinned'>): FormField[] =>
  Object.entries({
    name: name === undefined ? undefined : [name],
    description: description?.split('\n'),
    index: index === undefined ? undefined : [index],
    membership: membership === undefined ? undefined : [membership],
    contacts: contacts?.jids,
    domains: domains?.jids,
  }).flatMap(([property, values]) => (values === undefined ? [] : [formField({ var: property, values })]));
