import { pino } from 'pino';
import { expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { orphanage } from './orphans.js';

const CHAT = bare('chat@groups.example.com');
const ELSEWHERE = bare('chat@groups.example.org');

/** An orphanage over answers of a store, one for each look. */
function lookingAt(...answers: readonly (readonly (typeof CHAT)[] | Error)[]) {
  const left = [...answers];
  const ended: string[] = [];
  const logged: string[] = [];
  const orphans = orphanage({
    store: {
      orphans: async () => {
        const answer = left.shift();
        if (answer === undefined) throw new Error('asked too often');
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    domain: bare('groups.example.com'),
    log: pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line).msg) }),
    end: (chat) => ended.push(chat),
  });
  /** The link comes up, and all that this sets off happens. */
  const look = async () => {
    orphans.start();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { orphans, ended, logged, look };
}

it('ends the private chats of this host whose group is gone, also when the link comes up twice', async () => {
  const { orphans, ended, logged, look } = lookingAt([CHAT, ELSEWHERE]);
  orphans.start();
  await look();
  expect(ended).toEqual([CHAT]);
  expect(logged).toEqual(['private chats of groups that are gone have ended']);
});

it('says nothing where there are none', async () => {
  const { logged, look } = lookingAt([]);
  await look();
  expect(logged).toEqual([]);
});

it('looks again when the store could not be read', async () => {
  const { orphans, ended, logged, look } = lookingAt(new Error('the disk is gone'), [CHAT]);
  orphans.start();
  await look();
  expect(ended).toEqual([CHAT]);
  expect(logged).toHaveLength(2);
});

it('looks again when another daemon may have left some behind', async () => {
  const { orphans, ended, look } = lookingAt([], [CHAT]);
  await look();
  orphans.again();
  await look();
  expect(ended).toEqual([CHAT]);
});

it('ends nothing after the stop', async () => {
  const { orphans, ended } = lookingAt([CHAT]);
  orphans.start();
  await orphans.stop();
  expect(ended).toEqual([]);
});
