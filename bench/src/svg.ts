import { escapeText } from '@xmpp-groups/core/xml';
import type { Chart } from './figures.js';

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 80;
const RIGHT = 20;
const TOP = 44;
const AXIS_HEIGHT = 48;
const LINE_HEIGHT = 18;

/** Told apart by people who do not see all colours (Okabe and Ito), and on white paper. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

/** Where a value lies between the ends of an axis, and which values get a line. */
interface Scale {
  /** 0 at the lower end, 1 at the upper one. */
  place(value: number): number;
  readonly ticks: readonly number[];
}

function logarithmic(values: readonly number[]): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step));
  return { place: (value) => (Math.log10(value) - low) / (high - low), ticks };
}

/** From 0, in steps of 1, 2 or 5 times a power of ten. */
function linear(values: readonly number[]): Scale {
  const most = Math.max(...values, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(most / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => most / one <= 6) ?? power * 10;
  const count = Math.max(1, Math.ceil(most / step));
  const ticks = Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(6)));
  return { place: (value) => value / (count * step), ticks };
}

const round = (value: number): string => value.toFixed(1);

const label = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 6 });

/** A chart of lines as SVG, with its own background. */
export function svgOf({ title, x, y, series }: Chart): string {
  const points = series.flatMap((one) => one.points);
  const scaleX = (x.logarithmic ? logarithmic : linear)(points.map(([value]) => value));
  const scaleY = (y.logarithmic ? logarithmic : linear)(points.map(([, value]) => value));
  const bottom = HEIGHT - AXIS_HEIGHT;
  const atX = (value: number): string => round(LEFT + scaleX.place(value) * (WIDTH - LEFT - RIGHT));
  const atY = (value: number): string => round(bottom - scaleY.place(value) * (bottom - TOP));
  const legend = HEIGHT + 8;
  const height = legend + LINE_HEIGHT * series.length;

  const grid = [
    ...scaleX.ticks.flatMap((tick) => [
      `<line x1="${atX(tick)}" x2="${atX(tick)}" y1="${TOP}" y2="${bottom}" stroke="#ddd"/>`,
      `<text x="${atX(tick)}" y="${bottom + 18}" text-anchor="middle">${label(tick)}</text>`,
    ]),
    ...scaleY.ticks.flatMap((tick) => [
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${atY(tick)}" y2="${atY(tick)}" stroke="#ddd"/>`,
      `<text x="${LEFT - 8}" y="${atY(tick)}" dy="4" text-anchor="end">${label(tick)}</text>`,
    ]),
  ];
  const lines = series.flatMap(({ name, points: own }, at) => {
    const colour = COLOURS[at % COLOURS.length];
    const middle = legend + LINE_HEIGHT * at;
    return [
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${own
        .map(([valueX, valueY]) => `${atX(valueX)},${atY(valueY)}`)
        .join(' ')}"/>`,
      ...own.map(
        ([valueX, valueY]) => `<circle cx="${atX(valueX)}" cy="${atY(valueY)}" r="3" fill="${colour}"/>`,
      ),
      `<rect x="${LEFT}" y="${middle - 6}" width="20" height="4" fill="${colour}"/>`,
      `<text x="${LEFT + 28}" y="${middle}">${escapeText(name)}</text>`,
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${LEFT}" y="20" font-size="15" font-weight="bold">${escapeText(title)}</text>`,
    `<text x="${LEFT}" y="36">${escapeText(y.title)}</text>`,
    ...grid,
    `<text x="${WIDTH - RIGHT}" y="${bottom + 38}" text-anchor="end">${escapeText(x.title)}</text>`,
    ...lines,
    '</svg>',
  ].join('\n')}\n`;
}
