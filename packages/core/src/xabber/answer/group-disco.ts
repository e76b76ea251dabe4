import { refusal } from '../../stanza/error.js';
import { discoInfo, discoItems } from '../../xep/0030-service-discovery.js';
import { NS } from '../../xml/namespaces.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Group } from '../model/group.js';
import { CAPS_NODE, infoOfGroup } from '../present/capabilities.js';

/**
 * What a group is (reference 1.3). Its name, description and access rules are for everybody to read; the same at
 * the node that its capabilities name, whatever hash it had (XEP-0115, section 6.2).
 */
export function answerGroupInfo(group: Group, node: string | undefined): Decision {
  if (node !== undefined && node !== NS.groups && !node.startsWith(`${CAPS_NODE}#`)) {
    return refuseWith(refusal('item-not-found', `There is no node ${node}`));
  }
  return answer(discoInfo.build({ ...infoOfGroup(group), node }));
}

/** The nodes of a group: those of its avatar (reference 1.3). */
export const answerGroupItems = (group: Group, node: string | undefined): Decision =>
  answer(
    discoItems.build({
      node,
      items:
        node === undefined
          ? [NS.avatarData, NS.avatarMetadata].map((item) => ({ jid: group.jid, node: item }))
          : [],
    }),
  );
