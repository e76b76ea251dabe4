/** XEP-0085: Chat State Notifications, version 2.1. https://xmpp.org/extensions/xep-0085.html */
import { element } from '../codec/index.js';
import type { XmlElement } from '../xml/element.js';
import { NS } from '../xml/namespaces.js';

/** Somebody takes part in the conversation; also stands beside a text. */
export const active = element('active', NS.chatStates, 'XEP-0085 section 2', {});
/** Somebody is writing. */
export const composing = element('composing', NS.chatStates, 'XEP-0085 section 2', {});
/** Somebody was writing, and stopped. */
export const paused = element('paused', NS.chatStates, 'XEP-0085 section 2', {});
/** Somebody has not taken part for a while. */
export const inactive = element('inactive', NS.chatStates, 'XEP-0085 section 2', {});
/** Somebody has ended the conversation. */
export const gone = element('gone', NS.chatStates, 'XEP-0085 section 2', {});

/** The names of all states. */
export const CHAT_STATES = ['active', 'composing', 'paused', 'inactive', 'gone'] as const;

/** One of {@link CHAT_STATES}. */
export type ChatState = (typeof CHAT_STATES)[number];

const STATES = { active, composing, paused, inactive, gone };

/** The element that says `state`. */
export const chatState = (state: ChatState): XmlElement => STATES[state].build({});

/** The state that one of `payload` says; the first, should there be several. */
export function chatStateIn(payload: readonly XmlElement[]): ChatState | undefined {
  for (const child of payload) {
    const state = CHAT_STATES.find((candidate) => STATES[candidate].is(child));
    if (state !== undefined) return state;
  }
  return undefined;
}
