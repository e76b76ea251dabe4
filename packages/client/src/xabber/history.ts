import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { ARCHIVE_FIELDS, type ArchivedItem, readArchived } from '@xmpp-groups/core/xabber';
import { archiveEnd, archiveQuery, formField, formOf } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';
import type { Wire } from '../wire.js';

/** Which messages of an archive are wanted (reference 12.1). */
export interface HistoryQuestion {
  /** Those after the message with this id; `''`: from the oldest on. */
  readonly after?: string | undefined;
  /** The last of those before the message with this id; `''`: the newest. */
  readonly before?: string | undefined;
  /** The length of the page; 50 unless given. */
  readonly max?: number;
  /** Only what the member with this id wrote. */
  readonly author?: string;
  /** Only what has this in its text. */
  readonly text?: string;
  /** Only these messages. */
  readonly ids?: readonly string[];
}

/** A page of an archive, oldest first. */
export interface HistoryPage {
  readonly items: readonly ArchivedItem[];
  /** Whether nothing lies beyond it, in the direction in which was asked. */
  readonly complete: boolean;
  /** The ids at both ends, from which the next page can be asked for. */
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** A page of the group's archive (XEP-0313; reference 12). */
export async function readHistory(
  wire: Wire,
  group: BareJid,
  { after, before, max = 50, author, text, ids = [] }: HistoryQuestion,
): Promise<HistoryPage> {
  const queryId = wire.platform.newId();
  const fields = [
    ...(author === undefined ? [] : [formField({ var: ARCHIVE_FIELDS.with, values: [author] })]),
    ...(text === undefined ? [] : [formField({ var: ARCHIVE_FIELDS.withText, values: [text] })]),
    ...(ids.length === 0 ? [] : [formField({ var: ARCHIVE_FIELDS.ids, values: ids })]),
  ];
  const rsm = { max, before, after: after === '' ? undefined : after };
  const question = archiveQuery.build({ queryId, form: formOf('submit', NS.mam, fields), rsm });
  // By id, because the question is asked again when the connection was lost.
  const items = new Map<string, ArchivedItem>();
  const end = wire.subscribe((event) => {
    const item = event.kind === 'element' ? readArchived(event.element) : undefined;
    if (item?.queryId === queryId && bareOf(item.from) === group) items.set(item.id, item);
  });
  try {
    const fin = await wire.ask({ what: 'read the history', to: group }, question, archiveEnd, 'set');
    return {
      items: [...items.values()],
      complete: fin.complete === true,
      first: fin.rsm.first?.id,
      last: fin.rsm.last,
    };
  } finally {
    end();
  }
}
