export {
  type ArchivedItem,
  type GroupMessage,
  readArchived,
  readEcho,
  readGroupMessage,
} from '@xmpp-groups/core/xabber';
