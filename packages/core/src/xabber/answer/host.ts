import { refusal } from '../../stanza/error.js';
import { discoInfo, discoItems } from '../../xep/0030-service-discovery.js';
import { vcard } from '../../xep/0054-vcard-temp.js';
import { type Rsm, resultPage } from '../../xep/0059-result-set-management.js';
import { NS } from '../../xml/namespaces.js';
import type { HostQuestion } from '../command.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { GroupSummary } from '../store.js';
import { inV0 } from '../v0/namespaces.js';
import { answerSearch } from './search.js';
import { answerService } from './service.js';

const NAME = 'Group Service';

/**
 * The features of the host. Four that groups have must never stand here: xabber-web would take them for
 * features of the account's own server (trap T2).
 */
const FEATURES = [
  NS.discoInfo,
  NS.discoItems,
  NS.groups,
  NS.groupsV0,
  NS.vcard,
  NS.version,
  NS.last,
  NS.ping,
  NS.time,
];

/** The nodes behind which the groups are, for each generation of clients in its namespace (reference 1.2, 16). */
const isOfGroups = (node: string): boolean => node === NS.groups || node === NS.groupsV0;

/**
 * What the host answers (reference 1.1, 1.2).
 * @param listed the groups that the asker may see; looked up for `discoItems` and `search` only
 */
export function answerHost(
  command: HostQuestion,
  listed: readonly GroupSummary[],
  env: Environment,
): Decision {
  const decision = answerQuestion(command, listed, env);
  return command.vocabulary === undefined ? decision : inLateWords(decision);
}

/** Only the search is asked for in words of the first generation, and its shape has stayed (reference 14.2). */
const inLateWords = (decision: Decision): Decision => ({
  ...decision,
  notices: decision.notices.map((notice) =>
    notice.kind === 'result' ? { ...notice, payload: notice.payload.map(inV0) } : notice,
  ),
});

function answerQuestion(command: HostQuestion, listed: readonly GroupSummary[], env: Environment): Decision {
  switch (command.kind) {
    case 'discoInfo':
      if (command.node !== undefined && !isOfGroups(command.node)) return unknownNode(command.node);
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
      return isOfGroups(command.node)
        ? groupItems(command.node, listed, command.rsm)
        : unknownNode(command.node);
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

function groupItems(node: string, listed: readonly GroupSummary[], rsm: Rsm | undefined): Decision {
  const page = resultPage(listed, rsm, ({ jid }) => jid);
  if (page === undefined)
    return refuseWith(refusal('item-not-found', 'The page begins behind no known group'));
  return answer(
    discoItems.build({
      node,
      items: page.items.map(({ jid, properties }) => ({ jid, name: properties.name })),
      rsm: page.rsm,
    }),
  );
}
