import { type Form, formField, formOf } from '../../xep/0004-data-forms.js';
import type { DiscoInfo } from '../../xep/0030-service-discovery.js';
import { caps, verificationText } from '../../xep/0115-entity-capabilities.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import { isPaced } from '../model/pace.js';

const FEATURES = [
  NS.archive,
  NS.avatarData,
  NS.avatarMetadata,
  NS.caps,
  NS.discoInfo,
  NS.discoItems,
  NS.groups,
  NS.groupsVoice,
  NS.groupsV0,
  NS.groupsV0Voice,
  NS.last,
  NS.version,
  NS.mam,
  NS.mam1,
  NS.mam0,
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
  NS.typing,
  NS.updates,
];

/** Lets the servers of members send word of their avatars (XEP-0163, section 4.3). */
const AVATAR_NOTIFY = `${NS.avatarMetadata}+notify`;

/**
 * What a group is and can do (reference 1.3). Incognito groups want to hear nothing of who their members are; there
 * one member can tell another.
 * @param slowMode how many seconds there have to be between two messages; default: those of a member of some time
 */
export function infoOfGroup(group: Group, slowMode = group.pace.slowMode): DiscoInfo {
  const { name, description, privacy, membership } = group.properties;
  const features = [
    ...FEATURES,
    ...(privacy === 'public' ? [AVATAR_NOTIFY] : [NS.assignedJid, NS.disclosure]),
  ];
  return {
    identities: [{ category: 'conference', type: 'groupchat', name }],
    features: features.map((feature) => ({ var: feature })),
    forms: [
      formOf('result', NS.groupsInfo, [
        formField({ var: 'description', label: 'Description', values: [description] }),
        formField({ var: 'privacy', label: 'Privacy', values: [privacy] }),
        // The same under the name that xabber-web reads (trap T23).
        formField({ var: 'anonymous', label: 'Anonymous', values: [privacy] }),
        formField({ var: 'model', label: 'Access model', values: [membership] }),
      ]),
      ...(isPaced(group.pace) ? [slowModeForm(slowMode)] : []),
    ],
  };
}

/**
 * Slow mode as clients know it of conferences (XEP-0500, section 5.2). Without slow mode nothing is said: that is
 * the same, and a group looks like no conference.
 */
const slowModeForm = (seconds: number): Form =>
  formOf('result', NS.mucRoomInfo, [
    formField({
      var: 'muc#roominfo_slow_mode_duration',
      type: 'text-single',
      label: 'Slow mode',
      values: [String(seconds)],
    }),
  ]);

/** What names this software in capabilities; with `#` and the hash it is a node of the group's disco#info. */
export const CAPS_NODE = NS.groups;

/** The capabilities in the presence of a group (XEP-0115); the hash is another one for each group and its settings. */
export const capsOf = (group: Group, env: Environment): XmlElement =>
  caps.build({ hash: 'sha-1', node: CAPS_NODE, ver: env.sha1(verificationText(infoOfGroup(group))) });
