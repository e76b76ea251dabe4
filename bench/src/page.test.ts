import { parse } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { NO_FIGURES, type Part } from './figures.js';
import { pageOf } from './page.js';

const PART: Part = {
  ...NO_FIGURES,
  name: 'one',
  title: 'The first',
  machine: {
    date: '2026-11-21T20:00:00.000Z',
    cpu: 'a processor',
    cores: 2,
    memoryGiB: 8,
    kernel: '6',
    node: 'v20',
    load: 0.1,
    yardstick: { loop: { p50: 1.7, p99: 4 }, sync: { p50: 0.2, p99: 3.14 } },
    version: '0.1.0',
    commit: 'abc',
  },
  seconds: 12,
  stolen: 0.043,
};

const pageWith = (part: Partial<Part>): string => {
  const [page] = pageOf({ parts: [{ ...PART, ...part }] }, (name) => `sentences of ${name}`);
  return page?.text ?? '';
};

describe('the page', () => {
  it('has the sentences of each part', () => {
    for (const name of ['head', 'one', 'configurations']) {
      expect(pageWith({})).toContain(`sentences of ${name}`);
    }
  });

  it.each([
    ['a number', 1234.56, '| a | 1,234.6 |'],
    ['a median with its extremes', { median: 2, min: 1, max: 3.25 }, '| a | 2.0 (1.0-3.3) |'],
    ['nothing', null, '| a |  |'],
    ['a word with a line in it', 'b|c', '| a | b\\|c |'],
  ])('shows %s in a table', (_title, value, row) => {
    const columns = [
      { title: '', digits: 0 },
      { title: 'value', digits: 1 },
    ];
    expect(pageWith({ tables: [{ title: '', columns, rows: [['a', value]] }] })).toContain(row);
  });

  it.each([
    [true, '| speed | at least 2 | 1.50 | yes |'],
    [false, '| speed | at least 2 | 1.50 | **no** |'],
  ])('says whether a goal is met: %s', (met, row) => {
    const goal = { what: 'speed', wanted: 'at least 2', found: 1.5, digits: 2, met };
    expect(pageWith({ goals: [goal] })).toContain(row);
  });

  it('says how quiet the machine was', () => {
    expect(pageWith({})).toContain('the same loop 1.7 / 4.0, syncing 40 KiB 0.2 / 3.1; 4.3% of the');
  });

  it('names what went wrong', () => {
    expect(pageWith({ faults: ['2 copies were lost'] })).toContain('**FAULT**: 2 copies were lost');
  });

  it.each([true, false])('has each chart as a file of SVG; logarithmic: %s', (logarithmic) => {
    const axis = { title: 'how <many>', logarithmic };
    const chart = {
      name: 'plot',
      title: 'A & B',
      x: axis,
      y: axis,
      series: [
        {
          name: 'one',
          points: [
            [10, 3],
            [1000, 250],
          ] satisfies [number, number][],
        },
      ],
    };
    const [page, plot] = pageOf({ parts: [{ ...PART, charts: [chart] }] }, () => '');
    expect(page?.text).toContain('![A & B](plots/plot.svg)');
    expect(plot?.path).toBe('plots/plot.svg');
    expect(parse(plot?.text ?? '')).toMatchObject({ ok: true, value: { name: 'svg' } });
    expect(plot?.text).not.toMatch(/NaN|Infinity/);
  });
});
