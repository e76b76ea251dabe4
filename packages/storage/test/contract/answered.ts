import { describe, expect, it } from 'vitest';
import { BEGINNING, bare, commit, created, GROUP, NOW, posted } from '../samples.js';
import type { Open } from './opened.js';

const DAY_MS = 86_400_000;

/** What requests were answered with. */
export function answeredContract(open: Open): void {
  describe('answers', () => {
    it('are found by their names once the change is durable, whatever group it was', async () => {
      const store = await open();
      const answered = [
        { name: 'life-1', payload: "<query xmlns='urn:x'>ö</query>" },
        { name: 'life-2', payload: '' },
      ];
      const change = { group: GROUP, revision: 0, events: [created()], answered };
      expect(await store.commit([change])).toEqual([{ revision: expect.any(Number) }]);
      expect(await store.answered('life-1')).toBe("<query xmlns='urn:x'>ö</query>");
      expect(await store.answered('life-2')).toBe('');
      expect(await store.answered('life-3')).toBeUndefined();
    });

    it('are not there when the change is refused, or fails', async () => {
      const store = await open();
      await commit(store, BEGINNING);
      const revision = await store.revision(GROUP);
      const answered = [{ name: 'it', payload: '' }];
      const conflict = { group: GROUP, revision: revision + 1, events: [posted(1)], answered };
      expect(await store.commit([conflict])).toEqual(['conflict']);
      const good = { group: GROUP, revision, events: [posted(1)], answered };
      const impossible = { group: bare('mantua@groups.example.com'), revision: 0, events: [posted(1)] };
      await expect(store.commit([good, impossible])).rejects.toThrow();
      expect(await store.answered('it')).toBeUndefined();
    });

    it('outlive the group, and are there for a day', async () => {
      const store = await open();
      await commit(store, BEGINNING);
      const revision = await store.revision(GROUP);
      const gone = { kind: 'groupDeleted', at: NOW } as const;
      await store.commit([
        { group: GROUP, revision, events: [gone], answered: [{ name: 'end', payload: '' }] },
      ]);
      expect(await store.answered('end')).toBe('');
      const later = { ...created(), at: NOW + DAY_MS };
      await store.commit([
        { group: GROUP, revision: 0, events: [later], answered: [{ name: 'new', payload: '' }] },
      ]);
      expect(await store.answered('end')).toBe('');
    });
  });
}
