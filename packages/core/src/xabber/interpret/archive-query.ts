import { boolean, dateTime, integer, type ValueCodec } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { type Form, firstValueOf, valuesOf } from '../../xep/0004-data-forms.js';
import { pageRequest } from '../../xep/0059-result-set-management.js';
import type { ArchiveQueryElement, ArchiveVersion } from '../../xep/0313-message-archive.js';
import { NS } from '../../xml/namespaces.js';
import type { ReadArchive } from '../command.js';
import { MEDIA, type Medium } from '../model/media.js';

/** A page is this long when nobody says how long. */
const DEFAULT_PAGE = 50;

/**
 * The longest page. Clients take a page that is shorter than they asked for as the end of the history
 * (reference 12.2), so this lies above what any of them asks for.
 */
const LONGEST_PAGE = 1000;

/** What the fields of the form are called; others are passed over (reference 12.1). */
export const ARCHIVE_FIELDS = {
  with: 'with',
  start: 'start',
  end: 'end',
  afterId: 'after-id',
  beforeId: 'before-id',
  ids: 'ids',
  withText: 'withtext',
  stanzaId: '{urn:xmpp:sid:0}stanza-id',
} as const;

/** The field that asks for messages which carry such a thing. */
export const filterField = (medium: Medium): string => `{${NS.archive}}filter_${medium}`;

/** A request for a part of the archive (XEP-0313, section 4.1; reference 12.1). */
export function interpretArchiveQuery(
  request: ArchiveQueryElement,
  from: Jid,
  version: ArchiveVersion,
): Result<ReadArchive, StanzaError> {
  const form: Form = request.form ?? { type: 'submit', title: undefined, instructions: [], fields: [] };
  const start = field(form, ARCHIVE_FIELDS.start, dateTime);
  if (!start.ok) return start;
  const end = field(form, ARCHIVE_FIELDS.end, dateTime);
  if (!end.ok) return end;
  const carrying: Medium[] = [];
  for (const medium of MEDIA) {
    const wanted = field(form, filterField(medium), boolean);
    if (!wanted.ok) return wanted;
    if (wanted.value === true) carrying.push(medium);
  }
  const page = pageRequest(request.rsm);
  const ids = [
    ...(valuesOf(form, ARCHIVE_FIELDS.ids) ?? []),
    ...(valuesOf(form, ARCHIVE_FIELDS.stanzaId) ?? []),
  ];
  const afterId = firstValueOf(form, ARCHIVE_FIELDS.afterId);
  const beforeId = firstValueOf(form, ARCHIVE_FIELDS.beforeId);
  // Ids are moments: one that was retracted since still has its place. What is no number never was an id here.
  for (const id of [page.cursor, afterId, beforeId, ...ids]) {
    if (id !== undefined && id !== '' && !stanzaIdNumber.parse(id).ok) {
      return err(refusal('item-not-found', `There is no message with the id ${id}`));
    }
  }
  const withText = firstValueOf(form, ARCHIVE_FIELDS.withText);
  const withWhom = firstValueOf(form, ARCHIVE_FIELDS.with);
  return ok({
    kind: 'archive',
    from,
    version,
    queryId: request.queryId,
    with: withWhom === '' ? undefined : withWhom,
    query: {
      page: { ...page, max: Math.min(page.max ?? DEFAULT_PAGE, LONGEST_PAGE) },
      start: start.value,
      end: end.value,
      afterId: numberOf(afterId),
      beforeId: numberOf(beforeId),
      withText: withText === '' ? undefined : withText,
      ids: ids.length === 0 ? undefined : ids.map(Number),
      carrying: carrying.length === 0 ? undefined : carrying,
    },
  });
}

const stanzaIdNumber = integer();

const numberOf = (id: string | undefined): number | undefined =>
  id === undefined || id === '' ? undefined : Number(id);

function field<T>(form: Form, name: string, codec: ValueCodec<T>): Result<T | undefined, StanzaError> {
  const value = firstValueOf(form, name);
  if (value === undefined || value === '') return ok(undefined);
  const parsed = codec.parse(value);
  return parsed.ok ? parsed : err(refusal('bad-request', `${name}: ${parsed.error}`));
}
