import { type ArchivedMessage, type DatedEvent, evolve, type LoadedGroup } from '@xmpp-groups/core/xabber';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked, atRest, created, found, GROUP, memberId, NOW, query } from '../samples.js';
import type { Open } from './opened.js';
import { archiveAfter, eventOf, step } from './random-history.js';

const numberOf = ({ stanzaId }: ArchivedMessage): number => (stanzaId / 1000 - NOW) / 1000;

export function evolutionContract(open: Open): void {
  describe('any history', () => {
    it('gives the same group and the same archive in the store as in core', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
          const store = await open();
          let at = NOW;
          let revision = 0;
          let last = 0;
          let pending: DatedEvent[] = [created(), asked(1)];
          let group: LoadedGroup | undefined;
          for (const event of pending) group = evolve(group, GROUP, event);
          let archive: readonly ArchivedMessage[] = [];
          const flush = async () => {
            const [outcome] = await store.commit([{ group: GROUP, revision, events: pending }]);
            if (outcome === undefined || outcome === 'conflict') throw new Error('a conflict with nobody');
            // A group that is there has a revision that it has never had before.
            if (group !== undefined) expect(outcome.revision).toBeGreaterThan(last);
            revision = outcome.revision;
            last = Math.max(last, revision);
            pending = [];
          };
          for (const each of steps) {
            at += each.wait;
            const event = eventOf(group, archive, each, at);
            if (event === undefined) continue;
            group = evolve(group, GROUP, event);
            archive = archiveAfter(archive, event);
            pending.push(event);
            if (each.ends) await flush();
          }
          if (group === undefined) {
            group = evolve(group, GROUP, created());
            pending.push(created());
          }
          await flush();
          expect(await store.load(GROUP)).toEqual({ group: atRest(group), revision });
          expect(await store.page(GROUP, query())).toEqual({
            messages: archive.map((each, at) => ({ ...each, previous: archive[at - 1]?.stanzaId ?? 0 })),
            complete: true,
            count: archive.length,
          });
          const withText = archive.filter(({ text }) => text.includes('aba'));
          expect(await found(store, { withText: 'aba' })).toEqual(withText.map(numberOf));
          const author = memberId(1);
          const own = archive.filter((message) => message.author === author);
          expect(await found(store, { author })).toEqual(own.map(numberOf));
          expect((await store.allGroups())[0]?.size).toBe(group?.size);
          await store.close();
        }),
        { numRuns: 80 },
      );
    });
  });
}
