import { type BareJid, bareOf } from '../../jid/index.js';
import { failure, ok, type Result } from '../../result.js';
import { signcrypt } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import { parse } from '../../xml/parse.js';
import { serialise } from '../../xml/serialise.js';
import { sealedMessage, sealedStanza } from '../elements/e2e.js';
import { jidInUserId } from '../keys/user-id.js';
import { readCpim, STANZA_TYPE, TEXT_TYPE, writeCpim } from './cpim.js';
import type { ContainerForm } from './open-pgp.js';

/** What is signed and encrypted. */
export interface SealedContent {
  /** The user id of the signer's key. Not said in the form of XEP-0373: there the key itself tells. */
  readonly from: string | undefined;
  /** The JIDs that are named as recipients. */
  readonly to: readonly BareJid[];
  /** When it was written, in milliseconds since the epoch; `undefined` when that cannot be read. */
  readonly at: number | undefined;
  readonly content: Content;
}

/**
 * A message inside a container: what stands for the children of the stanza, with the id that the inner message has in
 * Kontalk's form; or a text alone, which belongs to no group, whatever stands around it (reference 2.10, number 18).
 */
export type Content =
  | { readonly kind: 'message'; readonly id: string | undefined; readonly payload: readonly XmlElement[] }
  | { readonly kind: 'text'; readonly text: string };

/** What to write into a container. */
export interface Draft {
  /** The id of the stanza outside. */
  readonly id: string;
  /** The children that nobody else shall read: the body, the group and all else. */
  readonly payload: readonly XmlElement[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Random text of random length, which hides the length; in the form of XEP-0373 only. */
  readonly padding: string;
}

/** The content in Kontalk's form (reference 4.2): CPIM around `<xmpp/>` around one message without addresses. */
export function writeKontalk({ id, payload, at }: Draft, from: string, to: readonly string[]): string {
  const message = sealedMessage.build({ id, type: 'chat', payload });
  const content = serialise(sealedStanza.build({ message }));
  return writeCpim({ from, to, at, type: STANZA_TYPE, content });
}

/** The content in the form of XEP-0373, section 3.1: `<signcrypt/>`. */
export const writeOpenPgp = ({ payload, at, padding }: Draft, to: readonly BareJid[]): string =>
  serialise(
    signcrypt.build({
      to: to.map((jid) => ({ jid })),
      time: { stamp: at },
      padding,
      payload: { elements: payload },
    }),
  );

/** Reads what {@link writeKontalk} and {@link writeOpenPgp} write, and what others make of it. */
export const readContent = (text: string, form: ContainerForm): Result<SealedContent> =>
  form === 'kontalk' ? readKontalk(text) : readOpenPgp(text);

function readKontalk(text: string): Result<SealedContent> {
  const cpim = readCpim(text);
  if (!cpim.ok) return cpim;
  const { from, to, at, type } = cpim.value;
  const content = contentOf(type, cpim.value.content);
  if (!content.ok) return content;
  return ok({ from, to: to.flatMap((userId) => jidInUserId(userId) ?? []), at, content: content.value });
}

function contentOf(type: string, text: string): Result<Content> {
  if (type === TEXT_TYPE) return ok({ kind: 'text', text });
  if (type !== STANZA_TYPE) return failure(CONTENT_TYPE, `neither ${STANZA_TYPE} nor ${TEXT_TYPE}`);
  const tree = parse(text);
  if (!tree.ok) return tree;
  const stanza = sealedStanza.parse(tree.value);
  if (!stanza.ok) return stanza;
  const message = sealedMessage.parse(stanza.value.message);
  return message.ok ? ok({ kind: 'message', id: message.value.id, payload: message.value.payload }) : message;
}

/** The path of a failure that is about the type of what is inside. */
export const CONTENT_TYPE = 'cpim/content-type';

function readOpenPgp(text: string): Result<SealedContent> {
  const tree = parse(text);
  if (!tree.ok) return tree;
  const outside = { namespace: '', prefixes: {} };
  const read = signcrypt.parse(tree.value, outside);
  if (!read.ok) return read;
  const { to, time, payload } = read.value;
  return ok({
    from: undefined,
    // A resource says nothing here: the keys belong to the account.
    to: to.map(({ jid }) => bareOf(jid)),
    at: time.stamp,
    content: { kind: 'message', id: undefined, payload: payload.elements },
  });
}
