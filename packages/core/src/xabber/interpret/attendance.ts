import { pick } from '../../codec/index.js';
import type { XmlElement } from '../../xml/element.js';
import type { Choices } from '../command.js';
import { choicesMark, collect, notPresentMark, peerToPeer, presentMark } from '../elements/attendance.js';

/** What a member decides about himself in his presence (reference 5.4); choices that make no sense are none. */
export function choicesIn(payload: readonly XmlElement[]): Choices | undefined {
  const mark = pick(choicesMark, payload);
  const inside = mark?.ok ? mark.value : {};
  const own = { collect: pick(collect, payload), peerToPeer: pick(peerToPeer, payload) };
  const collects = own.collect?.ok ? own.collect.value.chosen : inside.collect?.chosen;
  const accepts = own.peerToPeer?.ok ? own.peerToPeer.value.chosen : inside.peerToPeer?.chosen;
  if (collects === undefined && accepts === undefined) return undefined;
  return {
    ...(collects === undefined ? {} : { collects }),
    ...(accepts === undefined ? {} : { acceptsPrivateChats: accepts }),
  };
}

/** Whether a presence says that its sender has opened or closed the chat; `undefined`: neither. */
export function attendanceIn(payload: readonly XmlElement[]): 'opened' | 'closed' | undefined {
  if (payload.some((element) => presentMark.is(element))) return 'opened';
  return payload.some((element) => notPresentMark.is(element)) ? 'closed' : undefined;
}
