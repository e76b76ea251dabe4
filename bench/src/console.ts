import type { Part } from './figures.js';
import { shown } from './page.js';
import { textTable } from './table.js';

/** A part as aligned text, for who waits in front of it. */
export function textOf({ title, tables, goals, faults, versions, seconds }: Part): string {
  const lines = [`${title} (${seconds} s; ${versions.join(', ')})`];
  for (const table of tables) {
    const head = table.columns.map((column) => column.title);
    const rows = table.rows.map((cells) =>
      cells.map((cell, at) => shown(cell, table.columns[at]?.digits ?? 0)),
    );
    lines.push('', table.title, textTable([head, ...rows]));
  }
  if (goals.length > 0) lines.push('');
  for (const { what, wanted, found, digits, met } of goals) {
    lines.push(`${met ? 'met ' : 'MISSED'}  ${what}: ${shown(found, digits)}, wanted ${wanted}`);
  }
  for (const fault of faults) lines.push(`FAULT  ${fault}`);
  return `${lines.join('\n')}\n`;
}
