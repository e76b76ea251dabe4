import { bareOf } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Iq } from '../../stanza/stanza.js';
import { lastActivity } from '../../xep/0012-last-activity.js';
import { discoInfo, discoItems } from '../../xep/0030-service-discovery.js';
import { command } from '../../xep/0050-ad-hoc-commands.js';
import { vcard } from '../../xep/0054-vcard-temp.js';
import { pubsub } from '../../xep/0060-pubsub.js';
import { softwareVersion } from '../../xep/0092-software-version.js';
import { ping } from '../../xep/0199-ping.js';
import { entityTime } from '../../xep/0202-entity-time.js';
import { ARCHIVES } from '../../xep/0313-message-archive.js';
import { moderation } from '../../xep/0425-moderated-retraction.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { localName, namespaceOf } from '../../xml/scope.js';
import type { GroupCommand, HostCommand, Worded } from '../command.js';
import { block, blockList, unblock } from '../elements/block.js';
import { create } from '../elements/create.js';
import { defaultRights } from '../elements/default-rights.js';
import { disclosure } from '../elements/disclosure.js';
import { decline, invitations, invite, revoke } from '../elements/invite.js';
import { kick } from '../elements/kick.js';
import { members } from '../elements/members.js';
import { defaultPermissions, newbiePermissions, permissions } from '../elements/permissions.js';
import { removal, removalByJid } from '../elements/removal.js';
import { replace, retractAll, retractMessage, retractUser, rewriteQuery } from '../elements/rewrite.js';
import { rights } from '../elements/rights.js';
import { search } from '../elements/search.js';
import { infoQuery, propertiesQuery, statusQuery } from '../elements/settings.js';
import { typing } from '../elements/typing.js';
import { update } from '../elements/update.js';
import { updates } from '../elements/updates.js';
import { inV1, isV0 } from '../v0/namespaces.js';
import { V0_GROUP_REQUESTS, V0_HOST_REQUESTS } from '../v0/requests.js';
import { interpretArchiveQuery } from './archive-query.js';
import { interpretItems, interpretPublish } from './avatar.js';
import { interpretBlock } from './block.js';
import { interpretCard } from './card.js';
import { interpretCreate } from './create.js';
import { interpretDisclosure } from './disclosure.js';
import { interpretPin } from './pin.js';
import { type Request, request } from './request.js';
import { interpretModeration, interpretReplace, nameInArchive, symmetrically } from './rewrite.js';
import { interpretDefaultRightsForm, interpretRightsForm } from './rights-form.js';

const service = <C>(make: (kind: 'ping' | 'version' | 'time' | 'last', from: Iq['from']) => C) => [
  request('get', ping, (_, from) => ok(make('ping', from))),
  request('get', softwareVersion, (_, from) => ok(make('version', from))),
  request('get', entityTime, (_, from) => ok(make('time', from))),
  request('get', lastActivity, (_, from) => ok(make('last', from))),
];

const HOST_REQUESTS: readonly Request<HostCommand>[] = [
  ...service((kind, from): HostCommand => ({ kind, from })),
  request('get', discoInfo, ({ node }, from) => ok({ kind: 'discoInfo', from, node })),
  request('get', discoItems, ({ node, rsm }, from) => ok({ kind: 'discoItems', from, node, rsm })),
  request('get', vcard, (_, from) => ok({ kind: 'vcard', from })),
  request('get', search, (wanted, from) => ok({ kind: 'search', from, wanted })),
  request('set', create, interpretCreate),
  request('set', removal, ({ localpart, text }, from) => interpretRemoval(localpart ?? text, from)),
  request('set', removalByJid, ({ jid, group, localpart, text }, from) =>
    interpretRemoval(jid ?? group?.jid ?? localpart ?? text, from),
  ),
];

function interpretRemoval(name: string, from: Iq['from']): Result<HostCommand, StanzaError> {
  return name.trim() === ''
    ? err(refusal('bad-request', 'Say which group is to be deleted'))
    : ok({ kind: 'delete', from, name: name.trim() });
}

const NO_FORM = err(refusal('bad-request', 'A change needs a form of type submit'));
/** A request about people has to name at least one (reference 15, row 42). */
const named = <C>(people: readonly string[], command: C): Result<C, StanzaError> =>
  people.length === 0 ? err(refusal('bad-request', 'Nobody is named')) : ok(command);

const ARCHIVE_VERSIONS = [NS.mam, NS.mam1, NS.mam0] as const;

const GROUP_REQUESTS: readonly Request<GroupCommand>[] = [
  ...service((kind, from): GroupCommand => ({ kind, from })),
  request('get', discoInfo, ({ node }, from) => ok({ kind: 'discoInfo', from, node })),
  request('get', discoItems, ({ node }, from) => ok({ kind: 'discoItems', from, node })),
  request('get', vcard, (_, from) => ok({ kind: 'vcard', from })),
  request('get', pubsub, interpretItems),
  request('set', pubsub, interpretPublish),
  request('get', members, ({ id, version, rsm }, from) =>
    ok(id === undefined ? { kind: 'members', from, since: version, rsm } : { kind: 'member', from, id }),
  ),
  request('set', members, interpretCard),
  request('get', rights, ({ user }, from) =>
    ok(user === undefined ? { kind: 'allRights', from } : { kind: 'rights', from, id: user.id }),
  ),
  request('set', rights, ({ form }, from) => interpretRightsForm(form, from)),
  request('get', defaultRights, (_, from) => ok({ kind: 'defaultRights', from })),
  request('set', defaultRights, ({ form }, from) => interpretDefaultRightsForm(form, from)),
  request('get', permissions, ({ target = '' }, from) => ok({ kind: 'permissions', from, target })),
  request('set', permissions, ({ target = '', permissions: entries }, from) =>
    ok({ kind: 'setPermissions', from, target, permissions: entries }),
  ),
  request('get', defaultPermissions, (_, from) => ok({ kind: 'defaultPermissions', from, list: 'defaults' })),
  request('get', newbiePermissions, (_, from) => ok({ kind: 'defaultPermissions', from, list: 'newbies' })),
  request('set', defaultPermissions, ({ permissions: set }, from) =>
    ok({ kind: 'setDefaultPermissions', from, list: 'defaults', permissions: set?.permissions ?? [] }),
  ),
  request('set', newbiePermissions, ({ permissions: set }, from) =>
    ok({ kind: 'setDefaultPermissions', from, list: 'newbies', permissions: set?.permissions ?? [] }),
  ),
  request('set', update, ({ owner, pinned }, from) =>
    owner === undefined
      ? interpretPin(pinned, from)
      : ok({ kind: 'transferOwnership', from, to: owner.trim() }),
  ),
  ...ARCHIVE_VERSIONS.flatMap((version): Request<GroupCommand>[] => [
    request('get', ARCHIVES[version].query, (_, from) => ok({ kind: 'archiveForm', from, version })),
    request('set', ARCHIVES[version].query, (query, from) => interpretArchiveQuery(query, from, version)),
  ]),
  request('get', propertiesQuery, (_, from) => ok({ kind: 'properties', from })),
  request('set', propertiesQuery, ({ form }, from) =>
    form?.type === 'submit' ? ok({ kind: 'setProperties', from, form }) : NO_FORM,
  ),
  request('get', infoQuery, (_, from) => ok({ kind: 'info', from })),
  request('get', statusQuery, (_, from) => ok({ kind: 'status', from })),
  request('set', statusQuery, ({ form }, from) =>
    form?.type === 'submit' ? ok({ kind: 'setStatus', from, form }) : NO_FORM,
  ),
  request('get', updates, (_, from) => ok({ kind: 'updates', from })),
  request('set', updates, ({ receive }, from) =>
    receive === undefined
      ? err(refusal('bad-request', 'Say whether to receive updates: receive="true" or "false"'))
      : ok({ kind: 'setUpdates', from, receive }),
  ),
  request('get', typing, (_, from) => ok({ kind: 'typing', from })),
  request('set', typing, ({ receive }, from) =>
    receive === undefined
      ? err(refusal('bad-request', 'Say whether to hear who is typing: receive="true" or "false"'))
      : ok({ kind: 'setTyping', from, receive }),
  ),
  request('set', command, (step, from) => ok({ kind: 'adHoc', from, step })),
  request('set', retractMessage, ({ id, symmetric }, from) =>
    symmetrically(symmetric, { kind: 'retractMessage', from, message: nameInArchive(id) }),
  ),
  request('set', retractUser, ({ id, symmetric }, from) =>
    symmetrically(symmetric, { kind: 'retractUser', from, id }),
  ),
  request('set', retractAll, ({ symmetric }, from) => symmetrically(symmetric, { kind: 'retractAll', from })),
  request('set', replace, interpretReplace),
  request('set', moderation, interpretModeration),
  request('get', rewriteQuery, ({ version, lessThan }, from) =>
    ok({ kind: 'rewrites', from, since: version, lessThan }),
  ),
  request('set', invite, ({ jid, send = false, reason }, from) =>
    ok({ kind: 'invite', from, jid: bareOf(jid), send, reason: reason?.trim() || undefined }),
  ),
  request('set', decline, (_, from) => ok({ kind: 'decline', from })),
  request('get', invitations, (_, from) => ok({ kind: 'invitations', from })),
  request('set', revoke, ({ jids }, from) =>
    named(jids, { kind: 'revoke', from, jids: [...new Set(jids.map(bareOf))] }),
  ),
  request('set', kick, ({ ids, jids }, from) => named([...ids, ...jids], { kind: 'kick', from, ids, jids })),
  request('set', block, (value, from) => interpretBlock('block', value, from)),
  request('set', unblock, (value, from) => interpretBlock('unblock', value, from)),
  request('get', blockList, (_, from) => ok({ kind: 'blocks', from })),
  request('set', disclosure, (value, from) => ok(interpretDisclosure(value, from))),
];

/** The namespaces of this protocol. */
const OWN = [NS.groups, NS.rewrite, NS.permissions, NS.groupsV0, NS.rewriteV0];

/**
 * The command that an IQ of type `get` or `set` stands for. A payload of this protocol that cannot be read, or
 * may not be asked in this way, is a `bad-request` (reference 15, row 1); one of which nothing is known gets
 * `service-unavailable` (RFC 6120, section 8.4).
 */
function interpret<C extends object>(
  requests: readonly Request<C>[],
  v0: readonly Request<C>[],
  iq: Iq,
): Result<Worded<C>, StanzaError> {
  const [payload, ...more] = iq.payload;
  if (payload === undefined || more.length > 0) {
    return err(refusal('bad-request', 'A request has exactly one child element'));
  }
  const read = isV0(payload) ? readV0(requests, v0, iq, payload) : readBy(requests, iq, payload);
  if (read !== undefined) return read;
  const namespace = namespaceOf(payload) ?? '';
  return err(
    OWN.some((own) => namespace.startsWith(own))
      ? refusal('bad-request', `This request is not known here: ${localName(payload)} in ${namespace}`)
      : refusal('service-unavailable', 'This service is not offered here'),
  );
}

function readBy<C>(
  requests: readonly Request<C>[],
  { type, from }: Iq,
  payload: XmlElement,
): Result<C, StanzaError> | undefined {
  for (const known of requests) {
    const read = known.type === type ? known.read(payload, from) : undefined;
    if (read !== undefined) return read;
  }
  return undefined;
}

/** A request of the first generation: in a shape of its own, or in one that has stayed (reference 16). */
function readV0<C extends object>(
  requests: readonly Request<C>[],
  v0: readonly Request<C>[],
  iq: Iq,
  payload: XmlElement,
): Result<Worded<C>, StanzaError> | undefined {
  const own = readBy(v0, iq, payload);
  if (own !== undefined) return own.ok ? ok({ ...own.value, vocabulary: 'v0' }) : own;
  const late = readBy(requests, iq, inV1(payload));
  return late?.ok ? ok({ ...late.value, vocabulary: 'late v0' }) : late;
}

/** What an IQ asks of the host. */
export const interpretHostIq = (iq: Iq): Result<HostCommand, StanzaError> =>
  interpret(HOST_REQUESTS, V0_HOST_REQUESTS, iq);

/** What an IQ asks of a group. */
export const interpretGroupIq = (iq: Iq): Result<GroupCommand, StanzaError> =>
  interpret(GROUP_REQUESTS, V0_GROUP_REQUESTS, iq);
