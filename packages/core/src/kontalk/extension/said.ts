import { pick } from '../../codec/index.js';
import type { BareJid } from '../../jid/index.js';
import type { XmlElement } from '../../xml/element.js';
import type { GroupKey } from '../command/command.js';
import { continues, handover, left, type StateElement, state, syncRequest } from '../elements/state.js';

/** What stands beside `<group/>` for clients of this project (reference 7.1). */
export interface Said {
  readonly state: StateElement | undefined;
  /** The version that the sender knows, when he asks for a newer one. */
  readonly syncRequest: number | undefined;
  readonly leftAt: number | undefined;
  readonly handoverTo: BareJid | undefined;
  readonly continues: GroupKey | undefined;
}

const NOTHING_SAID: Said = {
  state: undefined,
  syncRequest: undefined,
  leftAt: undefined,
  handoverTo: undefined,
  continues: undefined,
};

/** Reads it from the children of a message. What cannot be read counts as not said. */
export function readSaid(payload: readonly XmlElement[]): Said {
  if (payload.length === 0) return NOTHING_SAID;
  const stateRead = pick(state, payload);
  const request = pick(syncRequest, payload);
  const leaving = pick(left, payload);
  const handing = pick(handover, payload);
  const continued = pick(continues, payload);
  return {
    state: stateRead?.ok === true ? stateRead.value : undefined,
    syncRequest: request?.ok === true ? request.value.rev : undefined,
    leftAt: leaving?.ok === true ? leaving.value.time : undefined,
    handoverTo: handing?.ok === true ? handing.value.to : undefined,
    continues: continued?.ok === true ? continued.value : undefined,
  };
}

/** The children of a message that are no such thing. */
export const withoutSaid = (payload: readonly XmlElement[]): readonly XmlElement[] =>
  payload.length === 0 ? payload : payload.filter((child) => !SAYING.some((one) => one.is(child)));

const SAYING = [state, syncRequest, left, handover, continues];
