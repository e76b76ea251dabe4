import type { KontalkGroups } from '@xmpp-groups/client';
import { type Jid, localpartOf } from '@xmpp-groups/core/jid';
import type { GroupKey } from '@xmpp-groups/core/kontalk';

/** A fingerprint as people compare it. */
export const spaced = (fingerprint: string): string => fingerprint.replace(/.{4}(?=.)/g, '$& ');

const who = (jid: Jid): string => localpartOf(jid) ?? jid;

const WORDS = {
  joined: 'you are in it',
  rejoined: 'you are in it again',
  removed: 'you were removed',
  left: 'you have left it',
  'owner-left': 'the owner has left; nobody can change who is in it',
  'owner-returned': 'the owner is back',
  suspected: 'the owner has listed all members and not you; ask why',
  incomplete: 'not all members are known yet',
  'handed-over': 'the owner has handed it over',
  continued: 'it continues another group',
} as const;

/**
 * Prints what happens in groups.
 * @param select called with the group that a person most likely means next
 */
export function showEvents(
  groups: KontalkGroups,
  print: (line: string) => void,
  select: (group: GroupKey) => void,
): void {
  const say = async (key: GroupKey, line: string): Promise<void> => {
    const group = await groups.group(key);
    print(`[${group?.subject ?? key.id}] ${line}`);
  };
  const tell = (key: GroupKey, line: string): void => {
    say(key, line).catch((error: Error) => print(`! ${error.message}`));
  };
  groups.on('message', ({ group, from, text, encrypted }) => {
    if (text !== undefined) tell(group, `${who(from)}: ${text}${encrypted ? '' : ' (not encrypted)'}`);
  });
  groups.on('group', ({ group, kind }) => {
    if (kind === 'joined' || kind === 'rejoined') select(group);
    tell(group, `* ${WORDS[kind]}`);
  });
  groups.on('invited', ({ group, by }) => {
    select(group);
    tell(group, `* ${who(by)} wants you in this group: /accept or /decline`);
  });
  groups.on('member', (event) => {
    const lines =
      event.kind === 'member-left'
        ? [`* ${who(event.member)} has left`]
        : [
            ...event.added.map((jid) => `* ${who(jid)} was added`),
            ...event.removed.map((jid) => `* ${who(jid)} was removed`),
          ];
    for (const line of lines) tell(event.group, line);
  });
  groups.on('subject', ({ group, subject }) => tell(group, `* the subject is now ${subject ?? 'none'}`));
  groups.on('key-changed', ({ member, fingerprint = '', group }) => {
    if (group === undefined) {
      print(`! ${member} has another key: ${spaced(fingerprint)}. If it is his: /confirm ${member}`);
    } else {
      const remedy = group.owner === member ? '. If it is his: /owner and its last digits' : '';
      tell(group, `! ${who(member)} uses another key than before: ${spaced(fingerprint)}${remedy}`);
    }
  });
  groups.on('unverified', ({ from, fault }) => print(`! a message of ${from} does not count: ${fault}`));
  groups.on('waiting', ({ from, reason }) => print(`* a message of ${from ?? 'somebody'} waits: ${reason}`));
  groups.on('warning', ({ group, kind }) => tell(group, `! ${kind}`));
}
