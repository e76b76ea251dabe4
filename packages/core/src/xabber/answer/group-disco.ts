import { refusal } from '../../stanza/error.js';
import { formField, formOf } from '../../xep/0004-data-forms.js';
import { type DiscoInfo, discoInfo, discoItems } from '../../xep/0030-service-discovery.js';
import { NS } from '../../xml/namespaces.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Group } from '../model/group.js';

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
];

/** What a group is (reference 1.3). Its name, description and access rules are for everybody to read. */
export function answerGroupInfo(group: Group, node: string | undefined): Decision {
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
