import { createHash } from 'node:crypto';
import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { type AvatarEvent, members, readAvatarEvent } from '@xmpp-groups/core/xabber';
import { pubsub } from '@xmpp-groups/core/xep';
import { NS, type XmlElement } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';
import { payloadOf } from './payload.js';

/** An image as clients have it. */
export interface Picture {
  readonly bytes: Buffer;
  readonly base64: string;
  /** The hash of the bytes (XEP-0084). */
  readonly sha1: string;
  /** The hash of the base64 text, which xabber-web takes. */
  readonly textSha1: string;
}

const sha1 = (data: string | Uint8Array): string => createHash('sha1').update(data).digest('hex');

/** Something that begins like a PNG, and goes on with `text`. */
export function pictureOf(text: string): Picture {
  const bytes = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(text)]);
  const base64 = bytes.toString('base64');
  return { bytes, base64, sha1: sha1(bytes), textSha1: sha1(base64) };
}

/** What a client of the protocol does with cards and avatars (reference 8.3, 8.6, 11.6). */
export interface GroupCards {
  /** Changes a nickname or a badge; one's own when no id is given. */
  rename(
    group: BareJid,
    changes: { readonly id?: string; readonly nickname?: string; readonly badge?: string },
  ): Promise<void>;
  /** Publishes an image, then the avatar; of a member by his id (`''`: oneself), or of the group itself. */
  publishAvatar(group: BareJid, owner: string | undefined, picture: Picture, id?: string): Promise<void>;
  removeAvatar(group: BareJid, owner: string | undefined): Promise<void>;
  /** The base64 of an image. */
  image(group: BareJid, owner: string | undefined, id: string): Promise<string | undefined>;
  /** The next word of an avatar from the group. */
  avatarEvent(group: BareJid, wanted?: (event: AvatarEvent) => boolean): Promise<AvatarEvent>;
  /** Publishes an avatar for the own account (XEP-0084), or takes it away. */
  publishOwnAvatar(picture: Picture | undefined): Promise<void>;
}

const nodeOf = (part: string, owner: string | undefined): string =>
  owner === undefined ? part : `${part}#${owner}`;

/** Word of an avatar in a stanza, if it is one from `group`. */
export function avatarEventIn(group: BareJid, stanza: XmlElement): AvatarEvent | undefined {
  const event = readAvatarEvent(stanza);
  return event !== undefined && bareOf(event.from) === group ? event : undefined;
}

export function groupCards(client: XmppClient): GroupCards {
  const publish = async (
    to: BareJid | undefined,
    owner: string | undefined,
    picture: Picture | undefined,
    id = '',
  ): Promise<void> => {
    if (picture !== undefined) {
      const item = { id, data: { base64: picture.base64 } };
      const node = nodeOf(NS.avatarData, owner);
      await client.iq(to, 'set', pubsub.build({ publish: { node, items: [item] } }));
    }
    const infos = picture === undefined ? [] : [{ id, bytes: picture.bytes.length, type: 'image/png' }];
    const item = { id: id === '' ? undefined : id, metadata: { infos } };
    const node = nodeOf(NS.avatarMetadata, owner);
    await client.iq(to, 'set', pubsub.build({ publish: { node, items: [item] } }));
  };

  return {
    rename: async (group, { id = '', nickname, badge }) => {
      await client.iq(group, 'set', members.build({ users: [{ id, nickname, badge }] }));
    },
    publishAvatar: (group, owner, picture, id = picture.textSha1) => publish(group, owner, picture, id),
    removeAvatar: (group, owner) => publish(group, owner, undefined),
    image: async (group, owner, id) => {
      const question = pubsub.build({ items: { node: nodeOf(NS.avatarData, owner), items: [{ id }] } });
      const answer = pick(pubsub, payloadOf(await client.iq(group, 'get', question)));
      return answer?.ok ? answer.value.items?.items[0]?.data?.base64 : undefined;
    },
    avatarEvent: async (group, wanted = () => true) => {
      const find = (stanza: XmlElement): AvatarEvent | undefined => {
        const event = avatarEventIn(group, stanza);
        return event !== undefined && wanted(event) ? event : undefined;
      };
      const stanza = await client.expect((candidate) => find(candidate) !== undefined, {
        description: `word of an avatar from ${group}`,
      });
      const event = find(stanza);
      if (event === undefined) throw new Error('the event changed under our eyes');
      return event;
    },
    publishOwnAvatar: (picture) => publish(undefined, undefined, picture, picture?.sha1),
  };
}
