import { loadWorld, readKey, saved, savedElement, saveWorld, type World } from '@xmpp-groups/core/kontalk';
import { failure, ok, type Result } from '@xmpp-groups/core/result';
import type { Entry, Kept, WaitingStanza } from './kept.js';

/** The version of what is saved; another one is not read. */
const VERSION = 1;

const { bareJid, flag, listOf, mapOf, number, optional, shape, text, word } = saved;

const groupKey: saved.Reader<Entry['group']> = (value, path) => {
  const parts = shape({ owner: text, id: text })(value, path);
  return parts.ok ? readKey(parts.value.id, parts.value.owner) : parts;
};

const entry: saved.Reader<Entry> = shape({
  id: text,
  group: groupKey,
  command: flag,
  stanza: optional(savedElement),
  reached: mapOf(bareJid, word('sent', 'received', 'failed')),
  taken: flag,
});

const waiting = shape({ stanza: savedElement, receivedAt: number, delayStamp: optional(number) });

const anything: saved.Reader<unknown> = (value) => ok(value);

const account = shape({
  version: number,
  world: anything,
  entries: listOf(entry),
  waiting: listOf(waiting),
});

/**
 * What does not change is written once: a stanza that waits for the connection would be, with everything that happens
 * meanwhile.
 */
function cached<T extends object>(write: (value: T) => string): (value: T) => string {
  const texts = new WeakMap<T, string>();
  return (value) => {
    const text = texts.get(value) ?? write(value);
    texts.set(value, text);
    return text;
  };
}

const textOfEntry = cached((one: Entry) =>
  JSON.stringify({ ...one, reached: [...one.reached], stanza: one.taken ? undefined : one.stanza }),
);
const textOfWaiting = cached((one: WaitingStanza) => JSON.stringify(one));
const textOfWorld = cached((world: World) => JSON.stringify(saveWorld(world)));

/** The text to save. A message that the server has goes without its content. */
export const textOfKept = ({ world, entries, waiting: stanzas }: Kept): string =>
  `{"version":${VERSION},"world":${textOfWorld(world)},"entries":[${entries.map(textOfEntry).join()}],"waiting":[${stanzas.map(textOfWaiting).join()}]}`;

/** Reads what {@link textOfKept} made; fails with the path and the reason when it is something else. */
export function keptOfText(written: string): Result<Kept> {
  const value = parsed(written);
  if (!value.ok) return value;
  const read = account(value.value, 'state');
  if (!read.ok) return read;
  const { version, entries, waiting: stanzas } = read.value;
  if (version !== VERSION) return failure('state/version', `not ${VERSION}`);
  const world = loadWorld(read.value.world);
  return world.ok ? ok({ world: world.value, entries, waiting: stanzas }) : world;
}

function parsed(written: string): Result<unknown> {
  try {
    return ok(JSON.parse(written));
  } catch (error) {
    return failure('state', error instanceof Error ? error.message : String(error));
  }
}
