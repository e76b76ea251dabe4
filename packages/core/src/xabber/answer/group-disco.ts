import { bareOf, type Jid } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { discoInfo, discoItems } from '../../xep/0030-service-discovery.js';
import { NS } from '../../xml/namespaces.js';
import { slowModeFor } from '../decide/authority.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import { activeMember, type Group } from '../model/group.js';
import { CAPS_NODE, infoOfGroup } from '../present/capabilities.js';
import { commandsOf } from './ad-hoc-names.js';

/**
 * What a group is (reference 1.3). Its name, description and access rules are for everybody to read; the same at
 * the node that its capabilities name, whatever hash it had (XEP-0115, section 6.2). Without a node, the slow mode
 * is the one that is in force for the asker: newcomers may have another one, and some members none.
 */
export function answerGroupInfo(
  group: Group,
  { from, node }: { readonly from: Jid; readonly node: string | undefined },
  env: Environment,
): Decision {
  if (node === NS.commands) return answerCommandInfo(node, 'command-list', 'Commands');
  const command = commandsOf(group).find((known) => known.node === node);
  if (command !== undefined) return answerCommandInfo(command.node, 'command-node', command.name);
  if (node !== undefined && node !== NS.groups && !node.startsWith(`${CAPS_NODE}#`)) {
    return refuseWith(refusal('item-not-found', `There is no node ${node}`));
  }
  const asker = node === undefined ? activeMember(group, bareOf(from)) : undefined;
  const info = infoOfGroup(group, asker && slowModeFor(group, asker, env.now));
  return answer(discoInfo.build({ ...info, node }));
}

/** What is behind a node of ad-hoc commands (XEP-0050, sections 2.1 and 2.3). */
const answerCommandInfo = (node: string, type: 'command-list' | 'command-node', name: string): Decision =>
  answer(
    discoInfo.build({
      node,
      identities: [{ category: 'automation', type, name }],
      features: type === 'command-list' ? [] : [{ var: NS.commands }, { var: NS.dataForms }],
      forms: [],
    }),
  );

/** The nodes of a group: those of its avatar (reference 1.3), or its ad-hoc commands (XEP-0050, section 2.2). */
export const answerGroupItems = (group: Group, node: string | undefined): Decision =>
  answer(
    discoItems.build({ node, items: itemsAt(group, node).map((item) => ({ jid: group.jid, ...item })) }),
  );

function itemsAt(
  group: Group,
  node: string | undefined,
): readonly { readonly node: string; readonly name?: string }[] {
  if (node === undefined) return [NS.avatarData, NS.avatarMetadata].map((item) => ({ node: item }));
  return node === NS.commands ? commandsOf(group) : [];
}
