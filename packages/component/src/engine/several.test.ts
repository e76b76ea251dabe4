import { bareOf } from '@xmpp-groups/core/jid';
import { memberByJid } from '@xmpp-groups/core/xabber';
import { NS } from '@xmpp-groups/core/xml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  atOnce,
  create,
  type Daemon,
  type Daemons,
  found,
  message,
  remove,
  startDaemons,
  toHost,
} from '../../test/daemons.js';
import { JULIET, ROMEO, VERONA } from '../../test/scene.js';

let daemons: Daemons;
let one: Daemon;
let other: Daemon;

beforeEach(async () => {
  daemons = await startDaemons(2);
  const [first, second] = daemons.all;
  if (first === undefined || second === undefined) throw new Error('there are not two');
  one = first;
  other = second;
});

afterEach(async () => {
  await daemons.close();
});

const stored = async () => {
  const found = await one.store.load(VERONA);
  if (found === undefined) throw new Error('there is no group');
  return found;
};

/** The texts that members wrote, in the order of the archive. */
async function archived(): Promise<string[]> {
  const { messages } = await one.store.page(VERONA, { page: { direction: 'forward', max: 100 } });
  return messages.filter(({ author }) => author !== undefined).map(({ text }) => text);
}

const idOf = async (jid: typeof JULIET): Promise<string> => {
  const member = memberByJid((await stored()).group, bareOf(jid));
  if (member === undefined) throw new Error(`${jid} is no member`);
  return member.id;
};

const heard = (text: string): string[] => [`chat ${text} > 1`, `headline ${text} > 1`];

describe('two daemons that decide about one group at the same moment', () => {
  it('do not both write: the second decides anew on what the first wrote, and each says its own once', async () => {
    await found(one);
    await other.takes(message(ROMEO, 'warm'));
    one.said.length = 0;
    other.said.length = 0;
    const before = (await stored()).revision;
    await atOnce(
      [one, other],
      [() => one.takes(message(JULIET, 'mine')), () => other.takes(message(ROMEO, 'yours'))],
    );
    const [[tried], [alsoTried]] = [one.store.tried, other.store.tried];
    expect([tried?.[0]?.revision, alsoTried?.[0]?.revision]).toEqual([before, before]);
    expect([await one.conflicts(), await other.conflicts()]).toEqual([0, 1]);
    expect(one.said).toEqual(heard('mine'));
    expect(other.said).toEqual(heard('yours'));
    expect(await archived()).toEqual(['warm', 'mine', 'yours']);
    expect((await stored()).revision).toBe(before + 2);
    expect([...one.logged, ...other.logged]).toEqual([]);
  });

  it('deliver a message that both have got once, and echo it twice', async () => {
    await found(one);
    await atOnce(
      [one, other],
      [() => one.takes(message(JULIET, 'same', 'o1')), () => other.takes(message(JULIET, 'same', 'o1'))],
    );
    expect([one.said, other.said]).toEqual([heard('same'), ['headline same > 1']]);
    expect(await archived()).toEqual(['same']);
  });

  it('create a group once', async () => {
    await atOnce([one, other], [() => one.takes(create('1', JULIET)), () => other.takes(create('2', ROMEO))]);
    expect(one.said).toContain('iq result 1');
    expect(other.said).toEqual(['iq error conflict 2']);
    expect((await stored()).group.size).toBe(1);
    // Who was too late finds the group of the other one.
    await other.takes(message(ROMEO, 'mine?'));
    expect(other.said.at(-1)).toBe('message error not-allowed mine?');
  });

  it('delete a group under a message: it is not written, and its author hears so', async () => {
    await found(one);
    await atOnce(
      [one, other],
      [() => one.takes(remove('1', JULIET)), () => other.takes(message(ROMEO, 'late'))],
    );
    expect(one.said).toContain('iq result 1');
    expect(other.said).toEqual(['message error item-not-found late']);
    expect(await one.store.allGroups()).toEqual([]);
  });

  it('delete a group behind a message: it was delivered before', async () => {
    await found(one);
    await atOnce(
      [one, other],
      [() => one.takes(message(ROMEO, 'last')), () => other.takes(remove('2', JULIET))],
    );
    expect(one.said).toEqual(heard('last'));
    expect(other.said).toContain('iq result 2');
    expect(await one.store.allGroups()).toEqual([]);
  });

  it('let two members leave: each is told good-bye once, and the list has neither', async () => {
    await found(one);
    const leaves = `<presence type='unsubscribe' from='${bareOf(ROMEO)}' to='${VERONA}'/>`;
    await atOnce([one, other], [() => one.takes(leaves), () => other.takes(leaves)]);
    const left = [...one.said, ...other.said].filter((line) => line.startsWith('chat'));
    expect(left).toHaveLength(1);
    expect((await stored()).group.size).toBe(1);
  });
});

describe('a private chat', () => {
  const asks = async (id: string, from: typeof JULIET, whom: typeof JULIET): Promise<string> =>
    toHost(
      id,
      from,
      `<query xmlns='${NS.groupsCreate}'><peer-to-peer jid='${VERONA}' id='${await idOf(whom)}'/></query>`,
    );
  const chatOf = async () => {
    const [chat, ...more] = (await stored()).group.privateChats.values();
    if (chat === undefined || more.length > 0) throw new Error('not one private chat');
    return chat;
  };

  beforeEach(() => found(one, 'incognito'));

  it('that both ask for, each at another daemon, is one', async () => {
    const [hers, his] = [await asks('1', JULIET, ROMEO), await asks('2', ROMEO, JULIET)];
    await atOnce([one, other], [() => one.takes(hers), () => other.takes(his)]);
    expect(one.said).toContain('iq result 1');
    expect(other.said).toContain('iq result 2');
    const chat = await chatOf();
    expect((await one.store.load(chat))?.group.members.size).toBe(2);
    expect((await one.store.allGroups()).map(({ jid }) => jid).sort()).toEqual([chat, VERONA].sort());
  });

  it('that one daemon has in memory is ended by the other with its group', async () => {
    await one.takes(await asks('1', JULIET, ROMEO));
    const chat = await chatOf();
    const joins = `<presence type='subscribed' from='${bareOf(JULIET)}' to='${chat}'/>`;
    await other.takes(joins);
    await one.takes(remove('2', JULIET));
    await expect.poll(() => one.store.load(chat)).toBeUndefined();
    other.said.length = 0;
    await other.takes(`<message type='chat' id='m' from='${JULIET}' to='${chat}'><body>?</body></message>`);
    expect(other.said).toEqual(['message error item-not-found m']);
  });

  it('whose group is gone is ended once, although both look for such', async () => {
    await one.takes(await asks('1', JULIET, ROMEO));
    const chat = await chatOf();
    await one.store.remove(VERONA);
    one.said.length = 0;
    await atOnce(
      [one, other],
      [
        async () => {
          one.engine.share(2);
          await expect.poll(() => one.store.load(chat)).toBeUndefined();
        },
        async () => {
          other.engine.share(2);
          await expect.poll(() => other.conflicts()).toBe(1);
        },
      ],
    );
    await other.takes(`<message type='chat' id='m' from='${JULIET}' to='${chat}'><body>?</body></message>`);
    expect(other.said).toEqual(['message error item-not-found m']);
    expect(one.said.length).toBeGreaterThan(0);
  });
});

describe('a right that ends', () => {
  it('ends once, although both daemons wait for it', async () => {
    await found(one);
    const { revision } = await stored();
    const member = await idOf(ROMEO);
    const event = {
      kind: 'rightGranted',
      member,
      right: 'send-images',
      until: 1,
      version: 2_000_000_000,
      at: 1,
    } as const;
    await one.store.commit([{ group: VERONA, revision, events: [event] }]);
    await atOnce(
      [one, other],
      [
        async () => {
          one.engine.share(2);
          await expect.poll(() => one.said.length).toBe(1);
        },
        async () => {
          other.engine.share(2);
          await expect.poll(() => other.conflicts()).toBe(1);
        },
      ],
    );
    await other.takes(message(ROMEO, 'after'));
    expect(one.said).toEqual([expect.stringMatching(/^chat .* > 2$/)]);
    expect(other.said).toEqual(heard('after'));
  });
});

describe('what one daemon has in memory and the other has written', () => {
  const MEMBERS = `<iq type='get' id='q' from='${ROMEO}' to='${VERONA}'><query xmlns='${NS.groups}#members' version='0'/></iq>`;

  it('is not said from memory', async () => {
    await found(one);
    await other.takes(MEMBERS);
    expect(other.said).toEqual(['iq result q']);
    await one.takes(`<presence type='unsubscribe' from='${bareOf(ROMEO)}' to='${VERONA}'/>`);
    await other.takes(MEMBERS);
    expect(other.said.at(-1)).toMatch(/^iq error not-allowed q/);
  });

  it('is forgotten when the number of daemons changes, with who has the chat open', async () => {
    await found(one);
    await one.takes(`<presence from='${JULIET}' to='${VERONA}'><x xmlns='${NS.groupsPresent}'/></presence>`);
    one.store.loads.clear();
    one.engine.share(1);
    await one.takes(message(JULIET, 'alone'));
    await one.takes(message(JULIET, 'still alone'));
    expect(one.store.loads.get(VERONA)).toBe(1);
  });
});
