import type { BareJid } from '../../jid/index.js';

/** What makes a group: the same id of another owner is another group (reference 1.7). */
export interface GroupKey {
  readonly owner: BareJid;
  readonly id: string;
}

/** What a `<group/>` says (reference 1.3). JIDs are prepared, without doubles. */
export type Command =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'create';
      /** `null`: no subject. */
      readonly subject: string | null;
      /** Everybody but the owner. */
      readonly members: readonly BareJid[];
    }
  | SetCommand
  | { readonly kind: 'part' }
  /** A `type` that nobody knows: never to be shown as a message between two (reference 1.5). */
  | { readonly kind: 'unsupported'; readonly type: string };

/** Changes of a group, in the order in which they count: removing wins over adding, adding over listing. */
export interface SetCommand {
  readonly kind: 'set';
  readonly remove: readonly BareJid[];
  readonly add: readonly BareJid[];
  /** All other members but the owner; empty: the command does not say who is a member (reference 1.6). */
  readonly members: readonly BareJid[];
  /** `null` takes the subject away, `undefined` leaves it as it is. */
  readonly subject: string | null | undefined;
  /** Said as in the draft of 2015, which has no types: what creates a group looks like this, too. */
  readonly typeless?: true;
}

/** A `<group/>`, read. */
export interface GroupExtension {
  readonly key: GroupKey;
  readonly command: Command;
}

/** Whether only the owner may give this command (Kontalk page: "Ignoring add/remove group commands ..."). */
export const isOwnersCommand = (command: Command): boolean =>
  command.kind === 'create' || command.kind === 'set';
