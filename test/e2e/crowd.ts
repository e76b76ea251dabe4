import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { type GroupUser, readEcho, readGroupMessage, stanzaError, textMessage } from '@xmpp-groups/harness';
import { expect } from 'vitest';

/** Something to be said; its text is its id, too, and nobody says it twice. */
export interface Remark {
  readonly group: BareJid;
  readonly text: string;
}

const isRemark = (text: string): boolean => text.startsWith('remark ');

/** `count` remarks on all groups in turn, dealt out to so many people. */
export function remarks(count: number, groups: readonly BareJid[], people: number): readonly Remark[][] {
  const dealt: Remark[][] = Array.from({ length: people }, () => []);
  for (let at = 0; at < count; at += 1) {
    const group = groups[Math.floor(at / people) % groups.length];
    if (group !== undefined) dealt[at % people]?.push({ group, text: `remark ${at}` });
  }
  return dealt;
}

/** What came of a remark: its id in the archive, when it was echoed, or the condition of an error. */
export type Outcome = { readonly id: string } | { readonly error: string };

/**
 * What somebody hears on his devices, sorted as it comes. To look through all that was received for each of some
 * thousand messages would take longer than the conversation.
 */
export interface Ears {
  /** By the texts of his own remarks. */
  readonly outcomes: Map<string, Outcome>;
  /** The ids of what others have said in a group, in the order in which it came. */
  copies(group: BareJid): readonly string[];
  /** Listens on one more device, to what it has received already, too. */
  on(user: GroupUser): void;
  /** Resolves when `holds`, which is asked again after each stanza, or when `end` is aborted. */
  until(holds: () => boolean, end?: AbortSignal): Promise<void>;
}

export function ears(): Ears {
  const outcomes = new Map<string, Outcome>();
  const copies = new Map<BareJid, string[]>();
  const looking = new Set<() => void>();

  const hear = (stanza: XmlElement): void => {
    if (stanza.name !== 'message') return;
    if (stanza.attrs.type === 'error') {
      const text = stanza.attrs.id ?? '';
      if (!outcomes.has(text)) outcomes.set(text, { error: stanzaError(stanza).condition });
      return;
    }
    const echo = readEcho(stanza);
    const copy = echo === undefined ? readGroupMessage(stanza) : undefined;
    if (echo?.stanzaId !== undefined && isRemark(echo.text)) outcomes.set(echo.text, { id: echo.stanzaId });
    if (copy?.stanzaId !== undefined && isRemark(copy.text)) {
      const heard = copies.get(bareOf(copy.from));
      if (heard === undefined) copies.set(bareOf(copy.from), [copy.stanzaId]);
      else heard.push(copy.stanzaId);
    }
  };

  return {
    outcomes,
    copies: (group) => copies.get(group) ?? [],
    on: ({ client }) => {
      client.received().forEach(hear);
      client.onStanza((stanza) => {
        hear(stanza);
        for (const look of [...looking]) look();
      });
    },
    until: (holds, end) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds() && end?.aborted !== true) return;
          looking.delete(look);
          end?.removeEventListener('abort', look);
          resolve();
        };
        if (holds() || end?.aborted === true) return resolve();
        looking.add(look);
        end?.addEventListener('abort', look);
      }),
  };
}

const isEchoed = (outcome: Outcome | undefined): outcome is { readonly id: string } =>
  outcome !== undefined && 'id' in outcome;

/**
 * Says what has no echo yet, in order, and waits for what comes of all of it. His client sends nothing again by itself.
 * @param underWay how much of it has no echo yet, at most
 * @param end when it is aborted, the connection may be gone, and what is under way is left
 */
export async function say(
  user: GroupUser,
  heard: Ears,
  list: readonly Remark[],
  underWay = 100,
  end?: AbortSignal,
): Promise<void> {
  const open = list.filter(({ text }) => !isEchoed(heard.outcomes.get(text)));
  for (const { text } of open) heard.outcomes.delete(text);
  const before = heard.outcomes.size;
  for (const [at, { group, text }] of open.entries()) {
    await heard.until(() => at - (heard.outcomes.size - before) < underWay, end);
    if (end?.aborted) return;
    await user.client.send(textMessage(group, text, text));
  }
  await heard.until(() => heard.outcomes.size - before === open.length, end);
}

/** A group's archive, as far as it consists of remarks: text and id, in order. */
async function archived(reader: GroupUser, group: BareJid): Promise<readonly [string, string][]> {
  const items: [string, string][] = [];
  for (let after: string | undefined, complete = false; !complete; ) {
    const page = await reader.history(group, {}, { max: 250, after });
    for (const { id, message } of page.items) if (isRemark(message.text)) items.push([message.text, id]);
    ({ complete } = page);
    after = page.rsm.last;
  }
  return items;
}

/** Somebody in a crowd: what he says, and what he hears. */
export interface Talker {
  user: GroupUser;
  readonly heard: Ears;
  readonly list: readonly Remark[];
}

/**
 * Every remark was echoed, is in the archive once, under the id of its echo; and everybody has heard what others have
 * said: one time each, and in the order of the archive.
 * @param comeBack logs everybody in anew, when somebody may have a part of it in the offline storage; then it may have come
 *   twice, and in any order
 */
export async function everythingArrived(
  talkers: readonly Talker[],
  groups: readonly BareJid[],
  comeBack?: () => Promise<void>,
): Promise<void> {
  const [reader] = talkers;
  if (reader === undefined) throw new Error('nobody is there');
  const echoes = new Map(talkers.flatMap(({ heard }) => [...heard.outcomes]));
  const texts = talkers.flatMap(({ list }) => list.map(({ text }) => text));
  expect([...echoes.keys()].sort()).toEqual([...texts].sort());
  for (const group of groups) {
    const kept = await archived(reader.user, group);
    const said = talkers.flatMap(({ list }) => list.filter((remark) => remark.group === group));
    expect(kept).toHaveLength(said.length);
    for (const [text, id] of kept) expect(echoes.get(text)).toEqual({ id });
    for (const { heard } of talkers) {
      const ofOthers = kept.filter(([text]) => !heard.outcomes.has(text)).map(([, id]) => id);
      const copies = (): readonly string[] => heard.copies(group);
      const count = async (): Promise<number> => {
        if (new Set(copies()).size < ofOthers.length) await comeBack?.();
        return new Set(copies()).size;
      };
      await expect.poll(count, { timeout: 60_000, interval: 500 }).toBe(ofOthers.length);
      if (comeBack === undefined) expect(copies()).toEqual(ofOthers);
      else expect(new Set(copies())).toEqual(new Set(ofOthers));
    }
  }
}
