import type { Command } from '../command/command.js';
import type { HeldReason } from '../hold/hold.js';
import type { GroupState } from '../model/group.js';
import type { Errand, KontalkEvent, Outcome } from './incoming.js';

/** What is to be done with a stanza, now that the group it is for was looked up. */
export type Judgement =
  | Refusal
  /** Goes into a group, which may be a new one that has nothing yet. */
  | {
      readonly kind: 'admitted';
      readonly group: GroupState;
      readonly command: Command;
      readonly asInvitation: boolean;
    };

export interface Refusal {
  readonly kind: 'refused';
  readonly outcome: Outcome;
  /** Kept, and tried again when the group has changed. */
  readonly keepAs?: HeldReason | undefined;
  readonly events?: readonly KontalkEvent[];
  /** The group with what it has to remember of it all the same. */
  readonly noted?: GroupState | undefined;
  /** What might be said about it, unless that was said lately. */
  readonly errand?: Errand | undefined;
}

export const discard = (
  reason: Extract<Outcome, { outcome: 'discard' }>['reason'],
  more: Omit<Refusal, 'kind' | 'outcome'> = {},
): Refusal => ({ kind: 'refused', outcome: { outcome: 'discard', reason }, ...more });

export const hold = (reason: Extract<Outcome, { outcome: 'hold' }>['reason']): Refusal => ({
  kind: 'refused',
  outcome: { outcome: 'hold', reason },
  keepAs: reason,
});
