/** XEP-0313: Message Archive Management, version 1.1.3. https://xmpp.org/extensions/xep-0313.html */
import { attr, boolean, child, element, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { form } from './0004-data-forms.js';
import { rsm } from './0059-result-set-management.js';
import { forwarded } from './0297-forwarding.js';

export const archiveQuery = element('query', NS.mam, 'XEP-0313 section 4', {
  queryId: attr('queryid', text).optional,
  node: attr('node', text).optional,
  form: child(form).optional,
  rsm: child(rsm).optional,
});

export const archiveResult = element('result', NS.mam, 'XEP-0313 section 4.2', {
  queryId: attr('queryid', text).optional,
  id: attr('id', text),
  forwarded: child(forwarded),
});

/** xabber-web reads `queryid` from `<fin/>` and gives up without it (reference 12.2). */
export const archiveEnd = element('fin', NS.mam, 'XEP-0313 section 4.2; reference 12.2', {
  queryId: attr('queryid', text).optional,
  complete: attr('complete', boolean).optional,
  rsm: child(rsm),
});

export type ArchiveQueryElement = ValueOf<typeof archiveQuery>;
