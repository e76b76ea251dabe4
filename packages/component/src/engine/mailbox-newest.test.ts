import { expect, it, vi } from 'vitest';
import { JULIET, post, ROMEO, scene, VERONA } from '../../test/scene.js';

it('a retraction of what is not durable yet knows what it leaves', async () => {
  const verona = await scene();
  await verona.founded(VERONA);
  const { members } = (await verona.store.load(VERONA))?.group ?? { members: new Map() };
  const romeo = [...members.keys()].at(-1) ?? '';
  const release = verona.store.holdCommits();
  verona.put('1', VERONA, post(JULIET, 'hers'));
  await vi.waitUntil(() => verona.store.tried.length > 0);
  for (const text of ['his', 'his too']) verona.put(text, VERONA, post(ROMEO, text));
  verona.put('4', VERONA, { kind: 'retractUser', from: ROMEO, id: romeo });
  release();
  await verona.rested(VERONA);
  const { messages } = await verona.store.page(VERONA, { page: { direction: 'backward', max: 1 } });
  const events = verona.store.tried.flat().flatMap((change) => change.events);
  expect(messages[0]?.text).toBe('hers');
  expect(events.find(({ kind }) => kind === 'historyRetracted')).toMatchObject({
    newest: messages[0]?.stanzaId,
  });
});
