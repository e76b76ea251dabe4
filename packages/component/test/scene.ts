import { EventEmitter, once } from 'node:events';
import type { StanzaError } from '@xmpp-groups/core/stanza';
import type { Delivery, Environment, GroupCommand, Host, Notice } from '@xmpp-groups/core/xabber';
import { NS } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { type Batch, createBatch } from '../src/engine/batch.js';
import { environmentOf } from '../src/engine/environment.js';
import { createMailbox, type Mailbox } from '../src/engine/mailbox.js';
import { pageTurns } from '../src/engine/page-turns.js';
import type { Surroundings, Task } from '../src/engine/task.js';
import { type FragileStore, fragileStore } from './fragile-store.js';
import { bare, jid } from './jids.js';

export const HOST: Host = {
  domain: bare('groups.example.com'),
  softwareVersion: '0.1.0',
  archiveHint: false,
  indexServices: [],
  mayCreate: () => true,
};

export const VERONA = bare('verona@groups.example.com');
export const MANTUA = bare('mantua@groups.example.com');
export const JULIET = jid('juliet@example.com/balcony');
export const ROMEO = jid('romeo@example.com/orchard');

type Outcome = Extract<Notice, { kind: 'result' }> | StanzaError;

/** Everything around mailboxes but a link. */
export interface Scene {
  readonly store: FragileStore;
  readonly batch: Batch;
  readonly around: Surroundings;
  /** What went out and what was answered, one line each, in order. */
  readonly said: string[];
  /** The messages of the log with their levels. */
  readonly logged: string[];
  /** The milliseconds that mailboxes have waited after conflicts. */
  readonly waits: readonly number[];
  /** From now on others write the same groups. */
  share(): void;
  /** The mailbox of a group of this scene, made when it is asked for first. */
  mailbox(group: typeof VERONA): Mailbox;
  /** Puts a command; its answer is noted under `name`. */
  put(name: string, group: typeof VERONA, command: GroupCommand): void;
  /** Fulfilled when the group has nothing to do. */
  rested(group: typeof VERONA): Promise<void>;
  /** A group whose owner is Juliet, with Romeo in it; nothing of it is left in `said`. */
  founded(group: typeof VERONA): Promise<void>;
}

export async function scene(): Promise<Scene> {
  const store = await fragileStore();
  const said: string[] = [];
  const waits: number[] = [];
  let shared = false;
  const logged: string[] = [];
  const log = pino(
    { level: 'debug', base: null, timestamp: false, formatters: { level: (level) => ({ level }) } },
    {
      write: (line) => {
        const { level, msg } = JSON.parse(line);
        logged.push(`${level}: ${msg}`);
      },
    },
  );
  const batch = createBatch(store, {
    committed: () => {},
    failed: () => {},
    fault: (error) => log.fatal(error),
  });
  const around: Surroundings = {
    store,
    batch,
    log,
    environment: (): Environment => environmentOf(HOST),
    isShared: () => shared,
    wait: async (ms) => void waits.push(ms),
    send: (deliveries) => said.push(...deliveries.map(brief)),
    list: (_notice, task) => {
      said.push(`${task.asked?.id}: a long list`);
      task.finished?.();
    },
    ask: () => undefined,
    tell: (group, task) => mailbox(group).put(task),
    mayExplain: () => true,
    isNews: () => true,
    pageTurn: pageTurns(batch.isWriting),
  };
  const mailboxes = new Map<string, Mailbox>();
  const events = new EventEmitter<Record<string, []>>();
  const mailbox = (group: typeof VERONA): Mailbox => {
    const made = mailboxes.get(group) ?? createMailbox(group, around, () => events.emit(group));
    mailboxes.set(group, made);
    return made;
  };
  const put = (name: string, group: typeof VERONA, command: GroupCommand): void => {
    const task: Task = {
      command,
      asked: { to: group, from: JULIET, id: name },
      answer: (outcome: Outcome) =>
        said.push(`${name}: ${'condition' in outcome ? outcome.condition : 'result'}`),
    };
    mailbox(group).put(task);
  };
  const rested = async (group: typeof VERONA): Promise<void> => {
    await once(events, group);
  };
  return {
    store,
    batch,
    around,
    said,
    logged,
    waits,
    share: () => {
      shared = true;
    },
    mailbox,
    put,
    rested,
    founded: async (group) => {
      put('create', group, { kind: 'create', from: JULIET, options: { name: 'Verona' } });
      put('ask', group, { kind: 'subscribe', from: ROMEO, isGroup: false });
      put('approve', group, { kind: 'approved', from: ROMEO });
      await rested(group);
      said.length = 0;
      store.tried.length = 0;
    },
  };
}

/** A message; with an origin-id when one is given. */
export const post = (from: typeof JULIET, text: string, originId?: string): GroupCommand => ({
  kind: 'post',
  from,
  id: text,
  originId,
  bodies: [{ text }],
  payload: [],
});

export const readArchive = (from: typeof JULIET): GroupCommand => ({
  kind: 'archive',
  from,
  version: NS.mam,
  queryId: undefined,
  with: undefined,
  query: { page: { direction: 'forward', max: 100 } },
});

/** A delivery in short: what it is, the last line of its text, and to how many. */
export function brief({ kind, open, content, recipients }: Delivery): string {
  const type = /type='(\w+)'/.exec(open)?.[1];
  const text = /(?:<body[^>]*>)([^<]*)<\/body>/.exec(content)?.[1]?.split('\n').at(-1);
  return [type ?? kind, text, `> ${recipients.length}`].filter((part) => part !== undefined).join(' ');
}
