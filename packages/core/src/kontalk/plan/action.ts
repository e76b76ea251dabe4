import type { BareJid } from '../../jid/index.js';
import type { FoundService } from '../../multicast/index.js';
import type { ChatState } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import type { GroupKey } from '../command/command.js';
import type { Errand } from '../evaluate/incoming.js';

/** What a user, or a client on its own, wants to say to a group. */
export type Action =
  | ({ readonly group: GroupKey } & (
      | {
          readonly op: 'create';
          /** `null`: no subject. */
          readonly subject: string | null;
          /** Everybody but me. */
          readonly members: readonly BareJid[];
          /** Another group that this one continues. */
          readonly continues?: GroupKey;
        }
      | { readonly op: 'add' | 'remove'; readonly members: readonly BareJid[] }
      | { readonly op: 'subject'; readonly subject: string | null }
      /** Anything that may stand in a message: a body, a file, a reaction. */
      | { readonly op: 'send'; readonly payload: readonly XmlElement[] }
      | { readonly op: 'chat-state'; readonly state: ChatState }
      /** Leaves, or declines an invitation. */
      | { readonly op: 'part' }
      /** The owner leaves, and a member shall continue the group as the owner of another one. */
      | { readonly op: 'handover'; readonly to: BareJid }
    ))
  | Errand;

/** What sending needs besides the state. */
export interface Means {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A new id for a stanza, never used before. */
  newId(): string;
  /** The SHA-256 of a text in UTF-8, in base64. */
  sha256(text: string): string;
  /** `none` only because a person wants it so. */
  readonly encryption: 'openpgp' | 'none';
  /** As `searchService` has found it; `undefined`: there is none, each recipient gets a stanza of his own. */
  readonly service: FoundService | undefined;
  /** Whether members are hidden from who sees a copy, where the service can do that (reference 3.7). */
  readonly hidden: boolean;
  /** Whether my other devices are to get it, too. */
  readonly ownDevices: boolean;
  /** Of whom no key is known. */
  readonly keysMissing: readonly BareJid[];
  /** Whom a person decided to leave out, because their keys are missing. */
  readonly leaveOut: readonly BareJid[];
}

/** Why nothing is sent. */
export type PlanError =
  | {
      readonly reason:
        | 'unknown-group'
        | 'not-owner'
        | 'not-member'
        | 'no-recipients'
        /** Something in clear to an encrypted group. */
        | 'downgrade'
        | 'too-many-members'
        | 'subject-too-long'
        /** The members named are not there to be handed over to, or to be told again. */
        | 'wrong-member';
    }
  | { readonly reason: 'missing-key'; readonly jids: readonly BareJid[] };
