import { refusal } from '../../stanza/error.js';
import { formField, formOf } from '../../xep/0004-data-forms.js';
import { type DiscoInfo, discoInfo, discoItems } from '../../xep/0030-service-discovery.js';
import { NS } from '../../xml/namespaces.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Group } from '../model/group.js';
import { AD_HOC_NAMES } from './ad-hoc-names.js';

const FEATURES = [
  NS.discoInfo,
  NS.discoItems,
  NS.groups,
  NS.groupsVoice,
  NS.last,
  NS.version,
  NS.mam,
  NS.messageCorrection,
  NS.messageModeration,
  NS.messageRetraction,
  NS.stanzaIds,
  NS.ping,
  NS.reactions,
  NS.reply,
  NS.rewrite,
  NS.time,
  NS.vcard,
  NS.commands,
  NS.updates,
];

/** What a group is (reference 1.3). Its name, description and access rules are for everybody to read. */
export function answerGroupInfo(group: Group, node: string | undefined): Decision {
  if (node === NS.commands) return answerCommandInfo(node, 'command-list', 'Commands');
  const command = commandNames().find(([known]) => known === node);
  if (command !== undefined) return answerCommandInfo(command[0], 'command-node', command[1]);
  if (node !== undefined && node !== NS.groups) {
    return refuseWith(refusal('item-not-found', `There is no node ${node}`));
  }
  const { name, description, privacy, membership } = group.properties;
  const info: DiscoInfo = {
    node,
    identities: [{ category: 'conference', type: 'groupchat', name }],
    features: FEATURES.map((feature) => ({ var: feature })),
    forms: [
      formOf('result', NS.groupsInfo, [
        formField({ var: 'description', label: 'Description', values: [description] }),
        formField({ var: 'privacy', label: 'Privacy', values: [privacy] }),
        // The same under the name that xabber-web reads (trap T23).
        formField({ var: 'anonymous', label: 'Anonymous', values: [privacy] }),
        formField({ var: 'model', label: 'Access model', values: [membership] }),
      ]),
    ],
  };
  return answer(discoInfo.build(info));
}

const commandNames = () => Object.entries(AD_HOC_NAMES);

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
  answer(discoItems.build({ node, items: itemsAt(node).map((item) => ({ jid: group.jid, ...item })) }));

function itemsAt(node: string | undefined): readonly { readonly node: string; readonly name?: string }[] {
  if (node === undefined) return [NS.avatarData, NS.avatarMetadata].map((item) => ({ node: item }));
  return node === NS.commands ? commandNames().map(([command, name]) => ({ node: command, name })) : [];
}
