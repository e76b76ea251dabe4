import { bareOf } from '../../jid/index.js';
import { bareJid } from './clockwork.js';
import type { GroupDriver, Sent } from './group-driver.js';
import { bare } from './scenes.js';

/**
 * The account of somebody is erased, step by step to the end.
 * @param steps after how many of them the daemon ends; default: none
 */
export function erase(driver: GroupDriver, jid: string, steps = Number.POSITIVE_INFINITY): Sent[] {
  let from = driver.passed.length;
  const sent = [...driver.command({ kind: 'erase', jid: bareOf(bareJid(bare(jid))) })];
  for (let step = 1; step < steps; step += 1) {
    const next = driver.passed.slice(from).find(({ command }) => command.kind === 'erase');
    if (next === undefined) return sent;
    from = driver.passed.length;
    sent.push(...driver.receive(next));
  }
  return sent;
}

/** All that a group keeps, as text, in which somebody could be found: without its addresses. */
export const keptText = (driver: GroupDriver): string =>
  JSON.stringify(
    [
      driver.archive,
      driver.rewrites,
      [...driver.images.keys()],
      driver.exists()
        ? [
            [...driver.group().members.values()],
            [...driver.group().blocks.values()],
            [...driver.group().disclosures.values()],
            [...(driver.group().byJid ?? [])],
            driver.group().properties,
          ]
        : [],
    ],
    (_, value: unknown) => (value instanceof Map ? [...value] : value),
  );
