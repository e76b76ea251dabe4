export { type RewriteNotice, readRewrite } from '@xmpp-groups/core/xabber';
