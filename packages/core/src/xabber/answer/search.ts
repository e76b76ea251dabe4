import { refusal } from '../../stanza/error.js';
import { resultPage } from '../../xep/0059-result-set-management.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { type SearchRequest, searchResult } from '../elements/search.js';
import type { GroupSummary } from '../store.js';

/**
 * The groups of the host that fit a search (reference 14.2): what is given of each property is a part of it,
 * upper and lower case taken as the same.
 * @param listed the groups that the asker may find
 */
export function answerSearch(wanted: SearchRequest, listed: readonly GroupSummary[]): Decision {
  const fitting = listed.filter(({ properties }) =>
    FIELDS.every((field) => folded(properties[field]).includes(folded(wanted[field]?.trim() ?? ''))),
  );
  const page = resultPage(fitting, wanted.rsm, ({ jid }) => jid);
  if (page === undefined) {
    return refuseWith(refusal('item-not-found', 'The page begins behind no known group'));
  }
  return answer(
    searchResult.build({
      groups: page.items.map(({ jid, properties, size }) => ({
        jid,
        name: properties.name,
        privacy: properties.privacy,
        membership: properties.membership,
        description: properties.description,
        contacts: properties.contacts.join(','),
        domains: properties.domains.join(','),
        size,
      })),
      rsm: page.rsm,
    }),
  );
}

const FIELDS = ['name', 'description', 'privacy', 'membership', 'index'] as const;

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
