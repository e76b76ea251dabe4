import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NS } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { vi } from 'vitest';
import { createEngine, type Engine } from '../src/engine/engine.js';
import { createMetrics } from '../src/metrics.js';
import { elementFrom, type FakeLink, fakeLink } from './fake-link.js';
import { type FragileStore, fragileStore } from './fragile-store.js';
import { brief, HOST, JULIET, ROMEO, VERONA } from './scene.js';

/** One of several daemons: an engine with a link and a connection to the database of its own. */
export interface Daemon {
  readonly engine: Engine;
  readonly link: FakeLink;
  readonly store: FragileStore;
  /** What left it, one line each, in order: `chat TEXT > 2`, `iq result ID`. */
  readonly said: string[];
  /** The messages of its log with their levels. */
  readonly logged: string[];
  /** Hands a stanza over; resolves when all that follows from it is durable and said. */
  takes(stanza: string): Promise<void>;
  /** How many of its changes met a conflict. */
  conflicts(): Promise<number>;
  /** Closes everything as a daemon does that ends in good order. */
  stop(): Promise<void>;
}

/** Some daemons over one SQLite file, and the file itself. */
export interface Daemons {
  readonly all: readonly Daemon[];
  readonly url: string;
  close(): Promise<void>;
}

/** Starts so many daemons, each of which knows of the others. */
export async function startDaemons(count: number): Promise<Daemons> {
  const folder = await mkdtemp(join(tmpdir(), 'xmpp-groups-daemons-'));
  const url = `sqlite:${join(folder, 'groups.db')}`;
  const all: Daemon[] = [];
  for (let started = 0; started < count; started += 1) all.push(await startDaemon(url));
  for (const { engine } of all) engine.share(count);
  return {
    all,
    url,
    close: async () => {
      for (const daemon of all) await daemon.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** No two stanzas that are handed over have the same name, whatever daemon gets them. */
let taken = 0;

/** Starts one daemon over a database, perhaps beside others. */
export async function startDaemon(url: string): Promise<Daemon> {
  const store = await fragileStore(url);
  const link = fakeLink();
  const metrics = createMetrics();
  const said: string[] = [];
  const logged: string[] = [];
  const waiting = new Map<string, () => void>();
  const engine = createEngine({
    host: HOST,
    store,
    link,
    metrics,
    log: pino(
      { level: 'warn', formatters: { level: (level) => ({ level }) } },
      {
        write: (line) => {
          const { level, msg } = JSON.parse(line);
          logged.push(`${level}: ${msg}`);
        },
      },
    ),
    outlet: () => ({
      send: (deliveries) => said.push(...deliveries.map(brief)),
      sendText: (text) => said.push(answerBrief(text)),
      finished: ({ id }) => waiting.get(id)?.(),
      open: () => undefined,
      close: () => undefined,
      drained: () => undefined,
      takeBounce: () => false,
      isCongested: () => false,
      isBusy: () => false,
      fits: () => true,
      emptied: async () => 0,
    }),
  });
  engine.open({ kind: 'bridge' });
  let running = true;
  return {
    engine,
    link,
    store,
    said,
    logged,
    takes: (stanza) =>
      new Promise((resolve) => {
        const id = `hand-over ${++taken}`;
        waiting.set(id, resolve);
        engine.handle(elementFrom(stanza), { id });
      }),
    conflicts: async () => {
      const { values } = await metrics.commitFailures.get();
      return values.find(({ labels }) => labels.reason === 'conflict')?.value ?? 0;
    },
    stop: async () => {
      if (!running) return;
      running = false;
      for (const question of link.questions) question.answer(undefined);
      await engine.stop();
      await store.close();
    },
  };
}

/** Such as `iq result 3`, or `message error not-allowed 4`. */
const answerBrief = (text: string): string => {
  const { name, attrs } = elementFrom(text);
  const condition = /<([\w-]+) xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/.exec(text)?.[1];
  return [name, attrs.type, condition, attrs.id].filter((part) => part !== undefined).join(' ');
};

const originOf = (id: string | undefined): string =>
  id === undefined ? '' : `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>`;

/** A message to Verona. */
export const message = (from: string, text: string, originId?: string): string =>
  `<message type='chat' id='${text}' from='${from}' to='${VERONA}'><body>${text}</body>${originOf(originId)}</message>`;

/** A request to the host. */
export const toHost = (id: string, from: string, payload: string): string =>
  `<iq type='set' id='${id}' from='${from}' to='${HOST.domain}'>${payload}</iq>`;

export const create = (id: string, from: string, privacy = 'public'): string =>
  toHost(
    id,
    from,
    `<query xmlns='${NS.groupsCreate}'><localpart>verona</localpart><name>Verona</name><privacy>${privacy}</privacy></query>`,
  );

export const remove = (id: string, from: string): string =>
  toHost(id, from, `<query xmlns='${NS.groupsDelete}'>verona</query>`);

/** Makes the group Verona of Juliet with Romeo in it; nothing of it is left in what was said. */
export async function found(daemon: Daemon, privacy?: string): Promise<void> {
  await daemon.takes(create('founded', JULIET, privacy));
  await daemon.takes(`<presence type='subscribe' from='${ROMEO}' to='${VERONA}'/>`);
  await daemon.takes(`<presence type='subscribed' from='${ROMEO}' to='${VERONA}'/>`);
  daemon.said.length = 0;
}

/**
 * Lets both decide on what is in the database now, and commit one after the other: the second finds that the first
 * was there.
 * @param acts what each of the two is given to do
 */
export async function atOnce(
  [first, second]: readonly [Daemon, Daemon],
  acts: readonly [() => Promise<unknown>, () => Promise<unknown>],
): Promise<void> {
  const release = [first, second].map((daemon) => {
    daemon.store.tried.length = 0;
    return daemon.store.holdCommits();
  });
  const ends = acts.map((act) => act());
  await vi.waitUntil(() => [first, second].every(({ store }) => store.tried.length > 0), 30_000);
  release[0]?.();
  await ends[0];
  release[1]?.();
  await ends[1];
}
