import { child, content, element, type ValueCodec } from '../../codec/index.js';
import { err, ok } from '../../result.js';
import { NS } from '../../xml/namespaces.js';

/** In a presence to the group: the sender has the chat open now. */
export const presentMark = element('x', NS.groupsPresent, 'reference 5.2', {});

/** The same: he has closed it. */
export const notPresentMark = element('x', NS.groupsNotPresent, 'reference 5.2', {});

/** `yes` and `no` are what the first generation wrote. */
const choice: ValueCodec<boolean> = {
  type: 'true or false',
  parse: (value) => {
    const word = value.trim();
    if (['true', 'yes', '1'].includes(word)) return ok(true);
    return ['false', 'no', '0'].includes(word) ? ok(false) : err('neither true nor false');
  },
  format: String,
};

/** In a member's presence: whether the group may take nickname and avatar from his vCard and PEP node. */
export const collect = element('collect', NS.groups, 'reference 5.4', { chosen: content(choice) });

/** The same: whether others may open private chats with him. */
export const peerToPeer = element('peer-to-peer', NS.groups, 'reference 5.4', { chosen: content(choice) });

/** Some clients put the two choices into an `<x/>`. */
export const choicesMark = element('x', NS.groups, 'reference 5.4, 13.5', {
  collect: child(collect).optional,
  peerToPeer: child(peerToPeer).optional,
});
