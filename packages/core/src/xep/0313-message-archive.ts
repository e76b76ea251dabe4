/** XEP-0313: Message Archive Management, version 1.1.3. https://xmpp.org/extensions/xep-0313.html */
import { attr, boolean, child, element, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { form } from './0004-data-forms.js';
import { rsm } from './0059-result-set-management.js';
import { forwarded } from './0297-forwarding.js';

/** The elements of the archive in one version of the extension. */
const archiveIn = (namespace: string) => ({
  query: element('query', namespace, 'XEP-0313 section 4', {
    queryId: attr('queryid', text).optional,
    node: attr('node', text).optional,
    form: child(form).optional,
    rsm: child(rsm).optional,
  }),
  result: element('result', namespace, 'XEP-0313 section 4.2', {
    queryId: attr('queryid', text).optional,
    id: attr('id', text),
    forwarded: child(forwarded),
  }),
  /** xabber-web reads `queryid` from `<fin/>` and gives up without it (reference 12.2). */
  end: element('fin', namespace, 'XEP-0313 section 4.2; reference 12.2', {
    queryId: attr('queryid', text).optional,
    complete: attr('complete', boolean).optional,
    rsm: child(rsm),
  }),
});

/**
 * The same in each version that is understood. Until `urn:xmpp:mam:0` (version 0.4) the end comes in a message behind
 * the results, later in the result of the request.
 */
export const ARCHIVES = {
  [NS.mam]: archiveIn(NS.mam),
  [NS.mam1]: archiveIn(NS.mam1),
  [NS.mam0]: archiveIn(NS.mam0),
} as const;

/** A version of the extension, by its namespace. */
export type ArchiveVersion = keyof typeof ARCHIVES;

/** A question to an archive, in the version of today; without a form all messages are asked for. */
export const archiveQuery = ARCHIVES[NS.mam].query;

/** One message of the answer. */
export const archiveResult = ARCHIVES[NS.mam].result;

/** The end of the answer: whether there is more, and from where. */
export const archiveEnd = ARCHIVES[NS.mam].end;

/** A question to an archive as it is read. */
export type ArchiveQueryElement = ValueOf<typeof archiveQuery>;
