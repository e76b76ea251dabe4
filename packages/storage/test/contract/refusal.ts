import type { DatedEvent } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  BEGINNING,
  bare,
  commit,
  created,
  GROUP,
  joined,
  memberId,
  message,
  NOW,
  posted,
  query,
  stanzaId,
} from '../samples.js';
import { offer } from './history.js';
import type { Open } from './opened.js';

export function refusalContract(open: Open): void {
  describe('a change that cannot have happened', () => {
    const impossible: readonly (readonly [string, readonly DatedEvent[]])[] = [
      ['an unknown member joins', [joined(9)]],
      ['an unknown member leaves', [{ kind: 'memberLeft', member: memberId(9), version: 1, at: NOW }]],
      ['somebody unknown writes', [posted(5, { author: memberId(9) })]],
      ['somebody unknown writes before he asks to join', [posted(5, { author: memberId(9) }), asked(9)]],
      [
        'somebody unknown is seen',
        [{ kind: 'memberSeen', member: memberId(9), resource: 'x', present: true, version: 9, at: NOW }],
      ],
      ['somebody has two ids', [asked(9, 'user4@example.com')]],
      ['something happens after the end', [{ kind: 'groupDeleted', at: NOW }, asked(9)]],
      ['a second creation', [created()]],
      [
        'a stanza id comes again after its message was retracted',
        [
          posted(5),
          {
            kind: 'messageRetracted',
            stanzaId: stanzaId(5),
            newest: 0,
            version: 1,
            notification: '',
            at: NOW,
          },
          posted(5, { originId: 'another' }),
        ],
      ],
      ['a stanza id does not grow', [posted(5), posted(5, { originId: 'another' })]],
      ['an origin-id is used twice', [posted(6), posted(7, { originId: 'origin-6' })]],
    ];

    it.each(impossible)('is refused with all others of its commit: %s', async (_what, events) => {
      const store = await open();
      await commit(store, [created(), asked(1), joined(1), posted(1)]);
      const before = await store.load(GROUP);
      const other = bare('mantua@groups.example.com');
      const seemly: readonly DatedEvent[] = [
        asked(4),
        asked(1, 'user1@example.com'),
        posted(2),
        { kind: 'blockAdded', block: { address: bare('spam.example'), member: undefined }, at: NOW },
        { kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 1, at: NOW },
        { kind: 'disclosureOpened', disclosure: offer, at: NOW },
        { kind: 'paceChanged', pace: { slowMode: 1, slowModeForNewcomers: 1 }, at: NOW },
        { kind: 'avatarStored', id: 'a', mediaType: 'image/png', base64: '', at: NOW },
        {
          kind: 'messageReplaced',
          message: message(1, { text: 'other' }),
          version: 1,
          notification: '',
          at: NOW,
        },
        { kind: 'historyRetracted', author: undefined, newest: 0, version: 2, notification: '', at: NOW },
      ];
      await expect(
        store.commit([
          { group: other, revision: 0, events: [...BEGINNING, posted(1)] },
          { group: GROUP, revision: 1, events: [...seemly, ...events] },
        ]),
      ).rejects.toThrow();
      expect(await store.load(other)).toBeUndefined();
      expect(await store.load(GROUP)).toEqual(before);
      expect((await store.page(GROUP, query())).messages.map(({ id }) => id)).toEqual(['id-1']);
      expect(await store.message(GROUP, stanzaId(1))).toEqual(message(1));
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-1')).toEqual(message(1));
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-2')).toBeUndefined();
      expect(await store.rewrites(GROUP, 0, 10)).toEqual([]);
      expect(await store.avatar(GROUP, 'a')).toBeUndefined();
      await commit(store, [...seemly, joined(4)]);
      expect((await store.load(GROUP))?.group.size).toBe(1);
      expect((await store.page(GROUP, query())).count).toBe(0);
    });

    it('is refused: anything before the creation', async () => {
      const store = await open();
      await expect(store.commit([{ group: GROUP, revision: 0, events: [posted(1)] }])).rejects.toThrow(
        'messagePosted of a group that does not exist',
      );
      await expect(store.commit([{ group: GROUP, revision: 0, events: [] }])).rejects.toThrow();
      expect(await store.load(GROUP)).toBeUndefined();
    });
  });
}
