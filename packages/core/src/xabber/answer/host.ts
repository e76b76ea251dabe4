import { refusal } from '../../stanza/error.js';
import { discoInfo, discoItems } from '../../xep/0030-service-discovery.js';
import { vcard } from '../../xep/0054-vcard-temp.js';
import { type Rsm, resultPage } from '../../xep/0059-result-set-management.js';
import { NS } from '../../xml/namespaces.js';
import type { HostQuestion } from '../command.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { GroupSummary } from '../store.js';
import { answerSearch } from './search.js';
import { answerService } from './service.js';

const NAME = 'Group Service';

/**
 * The features of the host. Four that groups have must never stand here: xabber-web would take them for
 * features of the account's own server (trap T2).
 */
const FEATURES = [NS.discoInfo, NS.discoItems, NS.groups, NS.vcard, NS.version, NS.last, NS.ping, NS.time];

/**
 * What the host answers (reference 1.1, 1.2).
 * @param listed the groups that the asker may see; looked up for `discoItems` and `search` only
 */
export function answerHost(
  command: HostQuestion,
  listed: readonly GroupSummary[],
  env: Environment,
): Decision {
  switch (command.kind) {
    case 'discoInfo':
      if (command.node !== undefined && command.node !== NS.groups) return unknownNode(command.node);
      return answer(
        discoInfo.build({
          node: command.node,
          identities: [{ category: 'conference', type: 'server', name: NAME }],
          features: FEATURES.map((feature) => ({ var: feature })),
          forms: [],
        }),
      );
    case 'discoItems':
      if (command.node === undefined) return selfItem(env);
      return command.node === NS.groups ? groupItems(listed, command.rsm) : unknownNode(command.node);
    case 'vcard':
      return answer(vcard.build({ fullName: NAME, jabberId: env.host.domain }));
    case 'search':
      return answerSearch(command.wanted, listed);
    default:
      return answerService(command, env);
  }
}

const unknownNode = (node: string): Decision =>
  refuseWith(refusal('item-not-found', `There is no node ${node}`));

/**
 * The host as an item of itself: with it xabber-web's panel for finding groups works on a server that
 * gives no `node` to its services (reference, appendix D.4).
 */
const selfItem = (env: Environment): Decision =>
  answer(discoItems.build({ items: [{ jid: env.host.domain, node: NS.groups, name: NAME }] }));

function groupItems(listed: readonly GroupSummary[], rsm: Rsm | undefined): Decision {
  const page = resultPage(listed, rsm, ({ jid }) => jid);
  if (page === undefined)
    return refuseWith(refusal('item-not-found', 'The page begins behind no known group'));
  return answer(
    discoItems.build({
      node: NS.groups,
      items: page.items.map(({ jid, properties }) => ({ jid, name: properties.name })),
      rsm: page.rsm,
    }),
  );
}
