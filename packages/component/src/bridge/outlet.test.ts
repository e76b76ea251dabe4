import { beforeEach, describe, expect, it } from 'vitest';
import { members, messageTo } from '../../test/deliveries.js';
import { elementFrom, stanzasIn } from '../../test/fake-link.js';
import type { Outlet } from '../engine/outlet.js';
import type { HandOver } from '../link/link.js';
import { createBridgeOutlet } from './outlet.js';
import type { Utterance } from './session.js';

let said: Utterance[];
let observed: string[];
let unconfirmed: number;
let outlet: Outlet;

beforeEach(() => {
  said = [];
  observed = [];
  unconfirmed = 0;
  outlet = createBridgeOutlet(
    {
      say: (utterance) => said.push(utterance),
      write: (xml) => {
        said.push({ kind: 'route', xml });
        return 'taken';
      },
      acknowledge: (stanza) => said.push({ kind: 'acknowledge', stanzas: [stanza] }),
      fits: (text) => text.length <= 20,
      unconfirmed: () => unconfirmed,
    },
    { sent: (kind, stanzas, recipients) => observed.push(`${kind}: ${stanzas} for ${recipients}`) },
    100,
  );
});

const brief = (): string[] =>
  said.map((utterance) => {
    if (utterance.kind === 'route') {
      return stanzasIn(utterance.xml)
        .map(({ attrs }) => `${attrs.id} > ${attrs.to}`)
        .join();
    }
    if (utterance.kind === 'fanOut') {
      return `${elementFrom(utterance.xml).attrs.id} >> ${utterance.recipients.length}`;
    }
    return utterance.kind;
  });
const handOver = (copies: number): HandOver => ({ id: 'h', again: { since: 0, said: copies } });

describe('an outlet to the module inside ejabberd', () => {
  it('gives a stanza for many once, without an address, and the list', () => {
    outlet.send([messageTo(members(3), 'all')]);
    expect(said).toEqual([
      {
        kind: 'fanOut',
        recipients: members(3),
        xml: "<message from='verona@groups.example.com' type='chat' id='all'><body>all</body></message>",
      },
    ]);
    expect(observed).toEqual(['message: 1 for 3']);
  });

  it('gathers what is for one each, and keeps the order', () => {
    outlet.send([
      messageTo(members(1), 'a'),
      messageTo(members(1), 'b'),
      messageTo(members(2), 'c'),
      messageTo([], 'nobody'),
      messageTo(members(1), 'd'),
    ]);
    outlet.sendText("<iq id='e' to='x'/>");
    expect(brief()).toEqual([
      'a > user0@example.com,b > user0@example.com',
      'c >> 2',
      'd > user0@example.com',
      'e > x',
    ]);
  });

  it('cuts long lists and long texts', () => {
    outlet.send([messageTo(members(2_500), 'many')]);
    expect(brief()).toEqual(['many >> 1000', 'many >> 1000', 'many >> 500']);
    said.length = 0;
    const long = 'x'.repeat(20_000);
    outlet.send([messageTo(members(1), long), messageTo(members(1), long), messageTo(members(1), 'end')]);
    expect(said).toHaveLength(2);
  });

  it.each([
    { delivered: 0, left: ['copies >> 1000', 'copies >> 5', 'echo > user0@example.com'] },
    { delivered: 1, left: ['copies >> 5', 'echo > user0@example.com'] },
    { delivered: 2, left: ['echo > user0@example.com'] },
    { delivered: 3, left: [] },
    { delivered: 9, left: [] },
  ])('leaves out of what is said again the first $delivered that were delivered', ({ delivered, left }) => {
    const occasion = { handOver: handOver(delivered), isReplay: true };
    outlet.send([messageTo(members(1_005), 'copies')], occasion);
    outlet.send([messageTo(members(1), 'echo')], occasion);
    expect(brief()).toEqual(left);
    for (const utterance of said) expect(utterance).toMatchObject({ about: occasion.handOver });
  });

  it('says everything when it is decided anew', () => {
    outlet.send([messageTo(members(2), 'new')], { handOver: handOver(5), isReplay: false });
    expect(brief()).toEqual(['new >> 2']);
  });

  it('is busy while much is not confirmed, and takes no stanza that the link does not', () => {
    expect(outlet.isBusy()).toBe(false);
    unconfirmed = 2 * 1024 * 1024;
    expect(outlet.isBusy()).toBe(true);
    expect(outlet.fits('x'.repeat(20))).toBe(true);
    expect(outlet.fits('x'.repeat(21))).toBe(false);
  });

  it('acknowledges, counts what is not confirmed, and waits for it', async () => {
    outlet.finished(handOver(0));
    expect(brief()).toEqual(['acknowledge']);
    unconfirmed = 101;
    expect(outlet.isCongested()).toBe(true);
    expect(await outlet.emptied(0)).toBe(101);
    const emptied = outlet.emptied(60_000);
    unconfirmed = 0;
    outlet.drained();
    expect(await emptied).toBe(0);
    expect(await outlet.emptied(60_000)).toBe(0);
    expect(outlet.isCongested()).toBe(false);
  });
});
