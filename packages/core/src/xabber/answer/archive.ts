import { bareOf, type Jid, parseJid } from '../../jid/index.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { formField, formOf } from '../../xep/0004-data-forms.js';
import { ARCHIVES, type ArchiveVersion } from '../../xep/0313-message-archive.js';
import { NS } from '../../xml/namespaces.js';
import type { ReadArchive } from '../command.js';
import { mayRead } from '../decide/authority.js';
import { answer, type Decision, refuseWith, say } from '../decision.js';
import type { Environment } from '../environment.js';
import { ARCHIVE_FIELDS, filterField } from '../interpret/archive-query.js';
import { memberIdIn } from '../model/assigned.js';
import { activeMember, type Group, type MemberId, memberByJid } from '../model/group.js';
import { MEDIA } from '../model/media.js';
import { indexServicesOf } from '../present/audience.js';
import type { ArchivePage, ArchiveQuery } from '../store.js';

/** Why `from` may not read the archive, if he may not (reference 12.1); a service that indexes it may (14.1). */
function refusalFor(group: Group, from: Jid, env: Environment): StanzaError | undefined {
  if (indexServicesOf(group, env).includes(bareOf(from))) return undefined;
  const member = activeMember(group, bareOf(from));
  if (member === undefined) return refusal('not-allowed', 'You are not a member of this group');
  const allowed = mayRead(member, env.now);
  return allowed.ok ? undefined : allowed.error;
}

/**
 * What is to be looked up in the Store for a request; `undefined` when nothing is: the answer is a refusal, or
 * empty because nobody wrote what is asked for.
 */
export function archiveQueryFor(
  group: Group,
  question: ReadArchive,
  env: Environment,
): ArchiveQuery | undefined {
  if (refusalFor(group, question.from, env) !== undefined) return undefined;
  if (question.with === undefined) return question.query;
  const author = authorNamed(group, question.with, question.from);
  return author === undefined ? undefined : { ...question.query, author };
}

/** Somebody's messages are asked for by his member id or assigned JID or, where JIDs are known, by his own. */
function authorNamed(group: Group, name: string, asker: Jid): MemberId | undefined {
  const id = memberIdIn(group.jid, name) ?? name;
  if (group.members.has(id)) return id;
  const jid = parseJid(name);
  if (!jid.ok) return undefined;
  const bare = bareOf(jid.value);
  const known = group.properties.privacy === 'public' || bare === bareOf(asker);
  return known ? memberByJid(group, bare)?.id : undefined;
}

/** A page of the archive: the messages, then the end that says where the next page begins (reference 12.2). */
export function answerArchive(
  group: Group,
  question: ReadArchive,
  page: ArchivePage | undefined,
  env: Environment,
): Decision {
  const refused = refusalFor(group, question.from, env);
  if (refused !== undefined) return refuseWith(refused);
  const { messages, complete, count } = page ?? { messages: [], complete: true, count: 0 };
  const [first, last] = [messages[0], messages.at(-1)];
  const end = ARCHIVES[question.version].end.build({
    queryId: question.queryId,
    complete: complete ? true : undefined,
    rsm: {
      first: first === undefined ? undefined : { id: String(first.stanzaId) },
      last: last === undefined ? undefined : String(last.stanzaId),
      count,
    },
  });
  const { from: to, version, queryId } = question;
  const history = { kind: 'history', to, version, queryId, messages } as const;
  return version === NS.mam0
    ? say({ kind: 'result', payload: [] }, { ...history, end })
    : say({ ...history, end: undefined }, { kind: 'result', payload: [end] });
}

/** By what the archive can be searched (XEP-0313, section 4.1.5). */
export const answerArchiveForm = (version: ArchiveVersion): Decision =>
  answer(
    ARCHIVES[version].query.build({
      form: formOf('form', version, [
        formField({ var: ARCHIVE_FIELDS.with, type: 'text-single', label: 'Member id' }),
        formField({ var: ARCHIVE_FIELDS.start, type: 'text-single', label: 'From' }),
        formField({ var: ARCHIVE_FIELDS.end, type: 'text-single', label: 'Until' }),
        formField({ var: ARCHIVE_FIELDS.afterId, type: 'text-single', label: 'After the message' }),
        formField({ var: ARCHIVE_FIELDS.beforeId, type: 'text-single', label: 'Before the message' }),
        formField({ var: ARCHIVE_FIELDS.ids, type: 'list-multi', label: 'These messages' }),
        formField({ var: ARCHIVE_FIELDS.withText, type: 'text-single', label: 'With the text' }),
        ...MEDIA.map((medium) =>
          formField({ var: filterField(medium), type: 'boolean', label: `Only with: ${medium}` }),
        ),
      ]),
    }),
  );
