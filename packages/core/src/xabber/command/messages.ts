import type { Jid } from '../../jid/index.js';
import type { ArchiveVersion } from '../../xep/0313-message-archive.js';
import type { XmlElement } from '../../xml/element.js';
import type { MemberId, StanzaId } from '../model/group.js';
import type { ArchiveQuery } from '../store.js';

/** A message to all. */
export interface Post {
  readonly kind: 'post';
  readonly from: Jid;
  readonly id: string | undefined;
  readonly originId: string | undefined;
  /** The resource of the group to which it was sent, if it was not its own voice. */
  readonly toResource?: string | undefined;
  readonly bodies: readonly { readonly lang?: string | undefined; readonly text: string }[];
  /** The other children, as the author sent them. */
  readonly payload: readonly XmlElement[];
  /** The own message that this one takes the place of (XEP-0308). */
  readonly corrects?: MessageName | undefined;
  /** The message that this one answers or reacts to (XEP-0461, XEP-0444), when its id may be of the archive. */
  readonly refersTo?: MessageName | undefined;
}

/** A message of the archive as somebody names it: by its id there, else as its author called it. */
export interface MessageName {
  readonly stanzaId: StanzaId | undefined;
  /** The `origin-id` or the `id` of the stanza. */
  readonly called?: string | undefined;
}

/** Somebody has seen a message, and all before it (reference 6.6). */
export interface Displayed {
  readonly kind: 'displayed';
  readonly from: Jid;
  readonly message: MessageName;
}

/** The archive is to be rewritten (reference 12.5). */
export type Rewriting =
  | { readonly kind: 'retractMessage'; readonly from: Jid; readonly message: MessageName }
  | { readonly kind: 'retractUser'; readonly from: Jid; readonly id: MemberId }
  | { readonly kind: 'retractAll'; readonly from: Jid }
  | Replace;

/** A message of the archive is to have another content (reference 12.5). */
export interface Replace extends Pick<Post, 'from' | 'bodies' | 'payload'> {
  readonly kind: 'replace';
  readonly message: MessageName;
}

/** A page of the archive is asked for (XEP-0313; reference 12.1). */
export interface ReadArchive {
  readonly kind: 'archive';
  readonly from: Jid;
  /** The answer is in the same version of the extension. */
  readonly version: ArchiveVersion;
  readonly queryId: string | undefined;
  /** Whose messages are asked for: a member id or a JID. */
  readonly with: string | undefined;
  readonly query: Omit<ArchiveQuery, 'author'>;
}
