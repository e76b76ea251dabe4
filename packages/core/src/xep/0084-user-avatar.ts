/** XEP-0084: User Avatar, version 1.1.4. https://xmpp.org/extensions/xep-0084.html */
import { attr, element, integer, list, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

const info = element('info', NS.avatarMetadata, 'XEP-0084 section 4.2', {
  id: attr('id', text),
  bytes: attr('bytes', integer()).or(0),
  type: attr('type', text).or('image/png'),
  url: attr('url', text).optional,
});

/** Empty: the user has no avatar. */
export const avatarMetadata = element('metadata', NS.avatarMetadata, 'XEP-0084 section 4.2', {
  infos: list(info),
});

export type AvatarInfo = ValueOf<typeof info>;
