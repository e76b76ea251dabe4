/** XEP-0084: User Avatar, version 1.1.4. https://xmpp.org/extensions/xep-0084.html */
import { attr, content, element, integer, list, text, type ValueOf } from '../codec/index.js';
import { ok } from '../result.js';
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

/** The image itself, in base64. Some clients break the lines; the white space means nothing. */
export const avatarData = element('data', NS.avatarData, 'XEP-0084 section 4.1', {
  base64: content({ ...text, type: 'base64', parse: (value) => ok(value.replace(/\s+/g, '')) }),
});

/** What there is to know of an avatar before its image is fetched; `bytes` is its size. */
export type AvatarInfo = ValueOf<typeof info>;
