import { EventEmitter } from 'node:events';
import type { BareJid } from '@xmpp-groups/core/jid';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { bare } from '../../test/jids.js';
import type { LinkEvents } from '../link/link.js';
import type { BridgeLink } from './bridge-link.js';
import type { HostMode } from './frames.js';
import { keepNames } from './names.js';

type Said = Parameters<BridgeLink['say']>[0];

const VERONA = bare('verona@example.com');
const log = pino({ enabled: false });

function household(mode: HostMode, jidsOn: (host: string) => Promise<readonly BareJid[]>) {
  const said: Said[] = [];
  const claimed: string[] = [];
  const link = Object.assign(new EventEmitter<LinkEvents>(), {
    domain: bare('example.com'),
    mode: () => mode,
    say: (utterance: Said) => said.push(utterance),
    claim: async (name: string) => {
      claimed.push(name);
      return name !== 'romeo';
    },
  });
  return { said, claimed, link, names: keepNames(link, { jidsOn }, log) };
}

describe('the names of groups beside users', () => {
  it('are told all at once each time when the link comes up', async () => {
    const jids = ['mantua', 'verona'].map((name) => bare(`${name}@example.com`));
    const jidsOn = vi.fn(async () => jids);
    const { said, link } = household('sameHost', jidsOn);
    const list = { kind: 'groups', begins: true, ends: true, names: ['mantua', 'verona'] };
    for (const times of [1, 2]) {
      link.emit('up');
      await vi.waitFor(() => expect(said).toEqual(Array(times).fill(list)));
    }
    expect(jidsOn).toHaveBeenCalledWith('example.com');
  });

  it('are told in parts when they are many, and also when there are none', async () => {
    const many = Array.from({ length: 10_001 }, (_, at) => bare(`g${at}@example.com`));
    for (const [jids, parts] of [
      [many, [5_000, 5_000, 1]],
      [[], [0]],
    ] as const) {
      const { said, link } = household('sameHost', async () => jids);
      link.emit('up');
      await vi.waitFor(() => expect(said).toHaveLength(parts.length));
      const lists = said.flatMap((frame) => (frame.kind === 'groups' ? [frame] : []));
      expect(lists.map(({ names }) => names.length)).toEqual(parts);
      expect(lists.map(({ begins, ends }) => [begins, ends])).toEqual(
        parts.map((_, at) => [at === 0, at === parts.length - 1]),
      );
    }
  });

  it('are claimed and given back one by one, by their local parts', async () => {
    const { said, claimed, names } = household('sameHost', async () => []);
    expect(await names.claim(VERONA)).toBe(true);
    expect(await names.claim(bare('romeo@example.com'))).toBe(false);
    names.release(VERONA);
    expect(claimed).toEqual(['verona', 'romeo']);
    expect(said).toEqual([{ kind: 'release', name: 'verona' }]);
  });

  it('are not listed when they were given back while the list was being read', async () => {
    let tell: (jids: readonly BareJid[]) => void = () => undefined;
    const { said, link, names } = household(
      'sameHost',
      () =>
        new Promise((resolve) => {
          tell = resolve;
        }),
    );
    link.emit('up');
    names.release(VERONA);
    tell([VERONA, bare('mantua@example.com')]);
    await vi.waitFor(() => expect(said).toHaveLength(2));
    expect(said.at(-1)).toEqual({ kind: 'groups', begins: true, ends: true, names: ['mantua'] });
  });

  it('that cannot be read are told when the link comes up again', async () => {
    const jidsOn = vi
      .fn<() => Promise<readonly BareJid[]>>()
      .mockRejectedValueOnce(new Error('locked'))
      .mockResolvedValueOnce([VERONA]);
    const { said, link } = household('sameHost', jidsOn);
    link.emit('up');
    await vi.waitFor(() => expect(jidsOn).toHaveBeenCalledTimes(1));
    link.emit('up');
    await vi.waitFor(() => expect(said).toHaveLength(1));
  });

  it('are for groups alone on a domain of their own: nothing is said or asked', async () => {
    const jidsOn = vi.fn(async () => [VERONA]);
    const { said, claimed, link, names } = household('subdomain', jidsOn);
    link.emit('up');
    expect(await names.claim(bare('romeo@example.com'))).toBe(true);
    names.release(VERONA);
    expect([said, claimed, jidsOn.mock.calls]).toEqual([[], [], []]);
  });
});
