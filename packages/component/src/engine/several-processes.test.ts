import { expect, it } from 'vitest';
import { startChild } from '../../../storage/test/child/child.js';
import { found, startDaemons } from '../../test/daemons.js';
import { JULIET, ROMEO, VERONA } from '../../test/scene.js';

const HAMMER = new URL('../../test/child/hammer.ts', import.meta.url);

const AUTHORS = [
  { from: JULIET, word: 'hers' },
  { from: ROMEO, word: 'his' },
] as const;

it('two daemons that hammer one group lose nothing, and say everything once', async () => {
  const count = 200;
  const atATime = 10;
  const daemons = await startDaemons(1);
  const [own] = daemons.all;
  if (own === undefined) throw new Error('there is none');
  await found(own);
  const children = AUTHORS.map((author) => ({ ...author, child: startChild(HAMMER) }));
  await Promise.all(children.map(({ child }) => child.call('ready')));
  const results = await Promise.all(
    children.map(({ child, from, word }) => child.call('hammer', daemons.url, from, word, count, atATime)),
  );
  expect(await Promise.all(children.map(({ child }) => child.end()))).toEqual(['', '']);

  for (const [place, { word }] of AUTHORS.entries()) {
    const texts = Array.from({ length: count }, (_, at) => `${word}-${at + 1}`);
    const said = texts.flatMap((text) => [`chat ${text} > 1`, `headline ${text} > 1`]);
    expect(results[place]).toEqual({ said: said.sort(), logged: [] });
    const { messages } = await own.store.page(VERONA, {
      page: { direction: 'forward', max: 2 * count },
      withText: `${word}-`,
    });
    expect(messages.map(({ text }) => text).sort()).toEqual(texts.sort());
  }
  await daemons.close();
});
