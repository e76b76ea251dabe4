import { expect, it, vi } from 'vitest';
import { JULIET, post, scene, VERONA } from '../../test/scene.js';

it('decides no more for a flooded group than the disk takes, and loses nothing of what waits', async () => {
  const verona = await scene();
  await verona.founded(VERONA);
  const release = verona.store.holdCommits();
  const texts = Array.from({ length: 300 }, (_, place) => `message ${place}`);
  texts.forEach((text, place) => {
    verona.put(String(place), VERONA, post(JULIET, text));
  });
  await vi.waitUntil(() => verona.store.tried.length > 0);
  // What waits can still be refused by its number; a hundred and some are on their way to the disk.
  expect(verona.mailbox(VERONA).waiting()).toBeGreaterThan(100);
  release();
  await verona.rested(VERONA);
  const { messages } = await verona.store.page(VERONA, { page: { direction: 'forward', max: 400 } });
  expect(messages.map(({ text }) => text).filter((text) => texts.includes(text))).toEqual(texts);
  // A copy and an echo of each.
  expect(verona.said).toHaveLength(2 * texts.length);
});
