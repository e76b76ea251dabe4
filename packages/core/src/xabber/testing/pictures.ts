import { createHash } from 'node:crypto';
import { NS } from '../../xml/namespaces.js';
import { iqXml, VERONA } from './scenes.js';

/** An image as clients have it: its base64, and the two hashes that serve as its id. */
export interface Picture {
  readonly base64: string;
  readonly bytes: number;
  /** The hash of the bytes, as XEP-0084 has it. */
  readonly sha1: string;
  /** The hash of the base64 text, as xabber-web has it (reference 8.6). */
  readonly textSha1: string;
}

const hashOf = (data: string | Uint8Array): string => createHash('sha1').update(data).digest('hex');

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A picture whose bytes begin with `head` and go on with `text`. */
export function pictureOf(text: string, head: readonly number[] = PNG): Picture {
  const bytes = Buffer.from([...head, ...Buffer.from(text)]);
  const base64 = bytes.toString('base64');
  return { base64, bytes: bytes.length, sha1: hashOf(bytes), textSha1: hashOf(base64) };
}

/** The node of a member's avatar, or without an id of the group's own. */
const nodeOf = (part: 'data' | 'metadata', owner: string | undefined): string =>
  `urn:xmpp:avatar:${part}${owner === undefined ? '' : `#${owner}`}`;

const publish = (node: string, item: string): string =>
  `<pubsub xmlns='${NS.pubsub}'><publish node='${node}'>${item}</publish></pubsub>`;

/** A client gives an image, as xabber-web does; `id` is the hash of the base64 text unless told otherwise. */
export const imageXml = (
  from: string,
  owner: string | undefined,
  picture: Picture,
  id = picture.textSha1,
): string =>
  iqXml(
    from,
    'set',
    publish(
      nodeOf('data', owner),
      `<item id='${id}'><data xmlns='${NS.avatarData}'>${picture.base64}</data></item>`,
    ),
    VERONA,
  );

/** A client makes an image an avatar. */
export const avatarXml = (
  from: string,
  owner: string | undefined,
  id: string,
  info = `<info bytes='5120' id='${id}' type='image/png'/>`,
): string =>
  iqXml(
    from,
    'set',
    publish(
      nodeOf('metadata', owner),
      `<item id='${id}'><metadata xmlns='${NS.avatarMetadata}'>${info}</metadata></item>`,
    ),
    VERONA,
  );

/** A client asks for an image, or for what there is to know of it. */
export const askAvatarXml = (
  from: string,
  part: 'data' | 'metadata',
  owner: string | undefined,
  id?: string,
): string =>
  iqXml(
    from,
    'get',
    `<pubsub xmlns='${NS.pubsub}'><items node='${nodeOf(part, owner)}'>${id === undefined ? '' : `<item id='${id}'/>`}</items></pubsub>`,
    VERONA,
  );
