import {
  type DatedEvent,
  evolve,
  type LoadedGroup,
  PERMISSIONS,
  RESTRICTIONS,
  type Status,
} from '@xmpp-groups/core/xabber';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked, bare, created, GROUP, memberId, message, NOW, query } from '../samples.js';
import type { Open } from './opened.js';

/** A step of a random history: what happens, to which of a few members, how long after the step before. */
const step = fc.record({
  what: fc.constantFrom('ask', 'join', 'leave', 'profile', 'right', 'block', 'status', 'post', 'post', 'say'),
  who: fc.integer({ min: 1, max: 4 }),
  wait: fc.integer({ min: 0, max: 3 }),
  word: fc.option(fc.string({ unit: 'grapheme', maxLength: 5 }), { nil: undefined }),
  right: fc.constantFrom(...PERMISSIONS, ...RESTRICTIONS),
  status: fc.constantFrom<Status>('fiesta', 'discussion', 'regulated', 'limited', 'restricted', 'inactive'),
  ends: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The event that a step stands for, or `undefined` when it cannot happen to the group as it is. */
function eventOf(
  group: LoadedGroup,
  { what, who, word, right, status }: Step,
  at: number,
): DatedEvent | undefined {
  const member = memberId(who);
  const version = group.version + 1;
  const stanzaId = Math.max(at * 1000, group.lastStanzaId + 1);
  if (what === 'ask')
    return {
      ...asked(who),
      kind: 'joinRequested',
      member,
      jid: bare(`user${who}@example.com`),
      nickname: word,
      version,
      at,
    };
  if (what === 'block')
    return { kind: 'blockAdded', block: { address: bare(`d${who}.example`), member: word }, at };
  if (what === 'status') return { kind: 'statusChanged', status, at };
  if (what === 'say') {
    return {
      kind: 'messagePosted',
      message: message(0, { stanzaId, author: undefined, text: word ?? '' }),
      at,
    };
  }
  if (!group.members.has(member)) return undefined;
  switch (what) {
    case 'join':
      return { kind: 'memberJoined', member, version, at };
    case 'leave':
      return { kind: 'memberLeft', member, version, at };
    case 'profile': {
      const avatar =
        who % 2 === 0 ? { id: `a${version}`, bytes: version, type: 'image/png', url: undefined } : undefined;
      return { kind: 'profileTaken', member, nickname: word, badge: word, avatar, version, at };
    }
    case 'right':
      return { kind: 'rightGranted', member, right, until: at, version, at };
    default:
      return {
        kind: 'messagePosted',
        message: message(0, {
          stanzaId,
          author: member,
          originId: word === undefined ? undefined : `${word}${stanzaId}`,
          text: word ?? '',
        }),
        at,
      };
  }
}

export function evolutionContract(open: Open): void {
  describe('any history', () => {
    it('gives the same group in the store as in core', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
          const store = await open();
          let at = NOW;
          let revision = 0;
          let pending: DatedEvent[] = [created()];
          let group = evolve(undefined, GROUP, created());
          let messages = 0;
          const flush = async () => {
            expect(await store.commit([{ group: GROUP, revision, events: pending }])).toEqual(['committed']);
            revision += 1;
            pending = [];
          };
          for (const each of steps) {
            at += each.wait;
            const event = group && eventOf(group, each, at);
            if (event === undefined) continue;
            group = evolve(group, GROUP, event);
            messages += Number(event.kind === 'messagePosted');
            pending.push(event);
            if (each.ends) await flush();
          }
          await flush();
          expect(await store.load(GROUP)).toEqual({ group, revision });
          expect((await store.page(GROUP, query())).count).toBe(messages);
          expect((await store.allGroups())[0]?.size).toBe(group?.size);
          await store.close();
        }),
        { numRuns: 60 },
      );
    });
  });
}
