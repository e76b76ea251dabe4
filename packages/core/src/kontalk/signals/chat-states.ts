import { type ChatState, chatState, chatStateIn, noStore } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import { recording } from '../elements/recording.js';

/** A state that was told to the group, and when, in milliseconds since the epoch. */
export interface ToldState {
  readonly state: ChatState;
  readonly at: number;
}

/** The same state is not told again before that much time has passed, in milliseconds (reference 6). */
const AGAIN = 10_000;

/**
 * Whether a state is to be told now. `gone` never is: nobody leaves a group by closing a window. Back from writing to
 * not writing is told at once, so that nobody waits; otherwise a change waits, too.
 * @param now milliseconds since the epoch
 */
export function isToTell(told: ToldState | undefined, state: ChatState, now: number): boolean {
  if (state === 'gone') return false;
  if (told === undefined) return state === 'composing';
  const ends = told.state === 'composing' && state !== 'composing';
  return ends || (now - told.at >= AGAIN && (told.state !== state || state === 'composing'));
}

/** What says a state, to be encrypted with the group (reference 4.4). Beside the container goes {@link besideState}. */
export const stateElements = (state: ChatState, isRecording = false): readonly XmlElement[] =>
  isRecording && state === 'composing' ? [chatState(state), recording.build({})] : [chatState(state)];

/** What stands outside of an encrypted state: nobody shall find it when he comes back. */
export const besideState = (): readonly XmlElement[] => [noStore.build({})];

/** What somebody does; `gone` counts as nothing in a group. */
export interface SeenState {
  readonly state: Exclude<ChatState, 'gone'>;
  readonly isRecording: boolean;
}

/** The state in a message, wherever its sender has put it. Whether he is a member, the rules of the group know. */
export function stateIn(payload: readonly XmlElement[]): SeenState | undefined {
  const state = chatStateIn(payload);
  if (state === undefined || state === 'gone') return undefined;
  return { state, isRecording: state === 'composing' && payload.some((child) => recording.is(child)) };
}
