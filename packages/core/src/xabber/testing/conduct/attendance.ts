import { NS } from '../../../xml/namespaces.js';
import { bodyless, type Conduct, empty, get, presence, ROSE, set } from './turn.js';

/** Who comes, goes, shows the chat and types in it. */
export const COMING_AND_GOING = {
  appeared: [presence(), presence(undefined, `<x xmlns='${NS.vcardUpdate}'><photo>${ROSE.sha1}</photo></x>`)],
  approved: [presence('subscribed')],
  closed: [
    presence(undefined, empty(NS.groupsNotPresent, 'x')),
    bodyless(() => empty(NS.chatStates, 'gone')),
  ],
  disappeared: [presence('unavailable')],
  left: [presence('unsubscribe'), presence('unsubscribed')],
  opened: [
    presence(undefined, `<x xmlns='${NS.groupsV0}#present'/>`),
    presence(undefined, empty(NS.groupsPresent, 'x')),
    bodyless(() => empty(NS.chatStates, 'active')),
  ],
  probed: [presence('probe')],
  setTyping: [
    (turn) => {
      presence(undefined, empty(NS.groupsPresent, 'x'))(turn);
      set(`<typing xmlns='${NS.typing}' receive='${turn.pick % 4 !== 0}'/>`)(turn);
    },
  ],
  subscribe: [presence('subscribe')],
  sweep: [(turn) => turn.run({ kind: 'sweep' })],
  typed: [bodyless(() => empty(NS.chatStates, 'composing')), bodyless(() => empty(NS.chatStates, 'paused'))],
  typing: [get(empty(NS.typing, 'typing'))],
} satisfies Conduct;
