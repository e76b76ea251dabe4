import { type BareJid, bareOf, domainOf, localpartOf, parseBareJid } from '@xmpp-groups/core/jid';
import { refusal, type Stanza, type StanzaError } from '@xmpp-groups/core/stanza';
import {
  type Create,
  type Delete,
  type Host,
  type HostQuestion,
  interpretHostIq,
  type OpenPrivateChat,
  type Store,
} from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';
import type { Creations } from './creations.js';
import { environmentOf } from './environment.js';
import { groupJid } from './group-jid.js';
import { answerHostCommand } from './host.js';
import { askedBy, type Receipt, type Task } from './task.js';

/** What is sent to the host itself: what it can answer, and what one of its groups has to do. */
export interface HostRequests {
  handle(stanza: Stanza, receipt: Receipt): void;
  /** Resolves when no question waits for the Store any more. */
  answered(): Promise<unknown>;
}

type Request = Extract<Stanza, { kind: 'iq' }>;

type Answer = NonNullable<Task['answer']>;

interface Parts {
  readonly host: Host;
  readonly store: Store;
  readonly log: Logger;
  readonly creations: Creations;
  put(group: BareJid, task: Task): void;
  /** What takes the outcome of a stanza, and answers it. */
  answerTo(stanza: Stanza): Answer;
  /** Nothing else follows from this stanza. */
  turnDown(stanza: Stanza, error: StanzaError, receipt: Receipt): void;
}

/** How many random names are tried for a group that nobody has named. */
const NAMES_TRIED = 5;

const NO_MESSAGES = refusal('service-unavailable', 'Messages go to a group, not to its host');

export function hostRequestsOn({
  host,
  store,
  log,
  creations,
  put,
  answerTo,
  turnDown,
}: Parts): HostRequests {
  /** Questions that are not answered yet. */
  const pending = new Set<Promise<void>>();

  const handleCreate = (request: Request, create: Create, receipt: Receipt): void => {
    const begun = creations.begin(bareOf(request.from), Date.now());
    if (typeof begun !== 'function') {
      turnDown(request, begun, receipt);
      return;
    }
    const tell = answerTo(request);
    const end = (outcome: Parameters<typeof tell>[0]): void => {
      if ('condition' in outcome) begun();
      tell(outcome);
    };
    const wanted = create.options.localpart?.trim();
    if (wanted) found(request, create, wanted, receipt, end);
    else foundSomewhere(request, create, receipt, end, NAMES_TRIED);
  };

  /** Lets a group be made at an address of the host. */
  const found = (request: Request, create: Create, name: string, receipt: Receipt, answer: Answer): void => {
    const group = groupJid(name, host.domain);
    if (group.ok) {
      put(group.value, { command: create, asked: askedBy(request), answer, ...receipt });
    } else {
      answer(refusal('bad-request', group.error));
      receipt.finished?.();
    }
  };

  /** The same at a random one; if that is taken, at another one. */
  const foundSomewhere = (
    request: Request,
    create: Create,
    receipt: Receipt,
    answer: Answer,
    tries: number,
  ): void => {
    let isOver = true;
    const answerOrGoOn: Answer = (outcome) => {
      isOver = tries === 1 || !('condition' in outcome && outcome.condition === 'conflict');
      if (isOver) answer(outcome);
    };
    const finished = (): void => {
      if (isOver) receipt.finished?.();
      else foundSomewhere(request, create, receipt, answer, tries - 1);
    };
    found(request, create, environmentOf(host).newLocalpart(), { ...receipt, finished }, answerOrGoOn);
  };

  const handleDelete = (request: Request, { name, from }: Delete, receipt: Receipt): void => {
    const group = name.includes('@') ? parseBareJid(name) : groupJid(name, host.domain);
    if (!group.ok || domainOf(group.value) !== host.domain) {
      turnDown(request, refusal('item-not-found', `There is no group ${name}`), receipt);
      return;
    }
    const task: Task = {
      command: { kind: 'delete', from },
      asked: askedBy(request),
      answer: answerTo(request),
    };
    put(group.value, { ...task, ...receipt });
  };

  const handlePrivateChat = (request: Request, command: OpenPrivateChat, receipt: Receipt): void => {
    const { group } = command;
    // The chat lives beside its group: clients look for it there (reference 13.3).
    if (localpartOf(group) === undefined || domainOf(group) !== host.domain) {
      turnDown(request, refusal('item-not-found', `There is no group ${group}`), receipt);
      return;
    }
    put(group, { command, asked: askedBy(request), answer: answerTo(request), ...receipt });
  };

  const handle = (stanza: Stanza, receipt: Receipt): void => {
    if (stanza.kind !== 'iq') {
      // Presence and headlines ask for nothing; a message to read must not vanish without a word.
      if (stanza.kind === 'message' && stanza.type !== 'headline') turnDown(stanza, NO_MESSAGES, receipt);
      else receipt.finished?.();
      return;
    }
    const read = interpretHostIq(stanza);
    if (!read.ok) turnDown(stanza, read.error, receipt);
    else if (read.value.kind === 'create') handleCreate(stanza, read.value, receipt);
    else if (read.value.kind === 'delete') handleDelete(stanza, read.value, receipt);
    else if (read.value.kind === 'openPrivateChat') handlePrivateChat(stanza, read.value, receipt);
    else answerQuestion(stanza, read.value, receipt);
  };

  const answerQuestion = (stanza: Stanza, question: HostQuestion, { finished }: Receipt): void => {
    const answered = answerHostCommand(question, store, environmentOf(host))
      .then(answerTo(stanza), (error: unknown) => {
        log.error({ err: error }, 'the host could not answer');
        answerTo(stanza)(refusal('internal-server-error', 'The list of groups could not be read'));
      })
      .finally(() => {
        pending.delete(answered);
        finished?.();
      });
    pending.add(answered);
  };

  return { handle, answered: () => Promise.all(pending) };
}
