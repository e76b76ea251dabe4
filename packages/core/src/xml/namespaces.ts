const GROUPS = 'https://xabber.com/protocol/groups';
const REWRITE = 'https://xabber.com/protocol/rewrite';
/** The first generation of Xabber groups, 2018 and 2019. */
const GROUPS_V0 = 'http://xabber.com/protocol/groupchat';

/** The namespaces that this project reads or writes. */
export const NS = {
  /** RFC 6120 and 6121; components speak `component` (XEP-0114) on their stream. */
  client: 'jabber:client',
  component: 'jabber:component:accept',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  roster: 'jabber:iq:roster',

  /** Extensions of the XMPP Standards Foundation. */
  addresses: 'http://jabber.org/protocol/address',
  /** What servers put around the archive's id before XEP-0359 took over. */
  archivedTmp: 'urn:xmpp:mam:tmp',
  avatarData: 'urn:xmpp:avatar:data',
  avatarMetadata: 'urn:xmpp:avatar:metadata',
  bitsOfBinary: 'urn:xmpp:bob',
  caps: 'http://jabber.org/protocol/caps',
  carbons: 'urn:xmpp:carbons:2',
  chatMarkers: 'urn:xmpp:chat-markers:0',
  chatStates: 'http://jabber.org/protocol/chatstates',
  commands: 'http://jabber.org/protocol/commands',
  dataForms: 'jabber:x:data',
  delay: 'urn:xmpp:delay',
  discoInfo: 'http://jabber.org/protocol/disco#info',
  discoItems: 'http://jabber.org/protocol/disco#items',
  /** What a message is encrypted with (XEP-0380). */
  encryption: 'urn:xmpp:eme:0',
  fallback: 'urn:xmpp:fallback:0',
  fileMetadata: 'urn:xmpp:file:metadata:0',
  fastening: 'urn:xmpp:fasten:0',
  forward: 'urn:xmpp:forward:0',
  geoloc: 'http://jabber.org/protocol/geoloc',
  hints: 'urn:xmpp:hints',
  /** Files in Jingle, and in references to media (XEP-0385). */
  jingleFile: 'urn:xmpp:jingle:apps:file-transfer:5',
  last: 'jabber:iq:last',
  mam: 'urn:xmpp:mam:2',
  /** Older versions of `mam` that clients still ask in. */
  mam0: 'urn:xmpp:mam:0',
  mam1: 'urn:xmpp:mam:1',
  mediaElement: 'urn:xmpp:media-element',
  messageCorrection: 'urn:xmpp:message-correct:0',
  messageMarkup: 'urn:xmpp:markup:0',
  messageModeration: 'urn:xmpp:message-moderate:1',
  messageRetraction: 'urn:xmpp:message-retract:1',
  /** The form in the information about a conference (XEP-0045), which says its slow mode (XEP-0500). */
  mucRoomInfo: 'http://jabber.org/protocol/muc#roominfo',
  nick: 'http://jabber.org/protocol/nick',
  oob: 'jabber:x:oob',
  openpgp: 'urn:xmpp:openpgp:0',
  /** What who reads `openpgp` in messages announces (XEP-0374). */
  openpgpMessaging: 'urn:xmpp:openpgp:im:0',
  ping: 'urn:xmpp:ping',
  pubsub: 'http://jabber.org/protocol/pubsub',
  pubsubEvent: 'http://jabber.org/protocol/pubsub#event',
  reactions: 'urn:xmpp:reactions:0',
  receipts: 'urn:xmpp:receipts',
  reference: 'urn:xmpp:reference:0',
  reply: 'urn:xmpp:reply:0',
  rsm: 'http://jabber.org/protocol/rsm',
  stanzaIds: 'urn:xmpp:sid:0',
  stickers: 'urn:xmpp:stickers:0',
  time: 'urn:xmpp:time',
  vcard: 'vcard-temp',
  vcardUpdate: 'vcard-temp:x:update',
  version: 'jabber:iq:version',

  /** Xabber groups, and what Xabber clients speak along with them. */
  groups: GROUPS,
  groupsBlock: `${GROUPS}#block`,
  groupsCreate: `${GROUPS}#create`,
  groupsDefaultRights: `${GROUPS}#default-rights`,
  groupsDelete: `${GROUPS}#delete`,
  groupsInfo: `${GROUPS}#info`,
  groupsInvite: `${GROUPS}#invite`,
  groupsMembers: `${GROUPS}#members`,
  groupsNotPresent: `${GROUPS}#not-present`,
  groupsPresent: `${GROUPS}#present`,
  groupsRights: `${GROUPS}#rights`,
  groupsStatus: `${GROUPS}#status`,
  groupsSystemMessage: `${GROUPS}#system-message`,
  groupsVoice: `${GROUPS}#voice-permissions`,
  /** What archives can be searched for besides (reference 12.1). Not to be shown by the host (trap T2). */
  archive: 'https://xabber.com/protocol/archive',
  delivery: 'https://xabber.com/protocol/delivery',
  files: 'https://xabber.com/protocol/files',
  markup: 'https://xabber.com/protocol/markup',
  /** Rights as clients of 2026 ask for them. */
  permissions: 'https://xabber.com/protocol/permissions',
  previous: 'https://xabber.com/protocol/previous',
  references: 'https://xabber.com/protocol/references',
  rewrite: REWRITE,
  rewriteNotify: `${REWRITE}#notify`,
  voiceMessages: 'https://xabber.com/protocol/voice-messages',

  /** What the first clients of Xabber groups call the same (reference 16). */
  groupsV0: GROUPS_V0,
  groupsV0Members: `${GROUPS_V0}#members`,
  groupsV0Rights: `${GROUPS_V0}#rights`,
  groupsV0Voice: `${GROUPS_V0}#voice-permissions`,
  deliveryV0: 'http://xabber.com/protocol/delivery',
  previousV0: 'http://xabber.com/protocol/previous',
  rewriteV0: 'http://xabber.com/protocol/rewrite',

  /** Kontalk groups. */
  kontalkGroup: 'http://kontalk.org/extensions/message#group',
  /** What Kontalk speaks. The first is that of RFC 3923; what is in it is not. */
  kontalkE2e: 'urn:ietf:params:xml:ns:xmpp-e2e',
  kontalkChatStates: 'http://kontalk.org/extensions/message#chatstates',
  kontalkKey: 'urn:xmpp:pubkey:2',

  /** This project's own. */
  assignedJid: 'urn:xmpp-groups:assigned-jid:0',
  disclosure: 'urn:xmpp-groups:disclosure:0',
  /** The ad-hoc command that answers a disclosure. */
  disclosureAnswer: 'urn:xmpp-groups:disclosure:0#answer',
  kontalkState: 'urn:xmpp-groups:kontalk:0',
  typing: 'urn:xmpp-groups:typing:0',
  updates: 'urn:xmpp-groups:updates:0',
} as const;

/** One of the namespaces in {@link NS}. */
export type Namespace = (typeof NS)[keyof typeof NS];
