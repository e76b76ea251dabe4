import type { BareJid } from '@xmpp-groups/core/jid';
import { bareOf, localpartOf } from '@xmpp-groups/core/jid';
import { ok, type Result } from '@xmpp-groups/core/result';
import {
  type Iq,
  readStanza,
  refusal,
  refuse,
  result,
  type Stanza,
  type StanzaError,
} from '@xmpp-groups/core/stanza';
import {
  type GroupCommand,
  type Host,
  interpretGroupIq,
  interpretMessage,
  interpretPresence,
  type Notice,
  type Store,
} from '@xmpp-groups/core/xabber';
import { NS, serialise, sizeOf, type XmlElement } from '@xmpp-groups/core/xml';
import type { Logger } from 'pino';
import type { HandOver, Link, ServerEvent } from '../link/link.js';
import type { Metrics } from '../metrics.js';
import { createBatch } from './batch.js';
import { createCreations } from './creations.js';
import { environmentOf } from './environment.js';
import { createErasures } from './erasures.js';
import { createExpiry } from './expiry.js';
import { explanationThrottle } from './explanations.js';
import { hostRequestsOn } from './host-requests.js';
import { createLongLists } from './long-lists.js';
import { createMailboxes } from './mailboxes.js';
import type { Names } from './names.js';
import { orphanage } from './orphans.js';
import { createOutlet, type Outlet, type OutletObserver } from './outlet.js';
import { pageTurns } from './page-turns.js';
import { pictureQuestions } from './pictures.js';
import { askProfile } from './profiles.js';
import { seenOnce } from './seen.js';
import { storageHealth } from './storage-health.js';
import { startSweeps } from './sweeps.js';
import { askedBy, type Receipt, type Surroundings, type Task } from './task.js';
import { createVCardChanges } from './vcard-changes.js';
import { vocabularies } from './vocabularies.js';
import type { Way } from './ways.js';

export interface EngineOptions {
  readonly host: Host;
  readonly store: Store;
  readonly link: Link;
  /** Makes that through which everything leaves; default: texts that are written to the link. */
  readonly outlet?: (observe: OutletObserver) => Outlet;
  /** Where users have addresses of the host, too: who may have which. */
  readonly names?: Names | undefined;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** How much text may wait for the link, in UTF-16 units, before messages are refused; default: 64 Mi. */
  readonly congested?: number;
  /** How many groups one user may create within a day; `0`, the default: as many as he likes. */
  readonly groupsPerDay?: number;
}

/** What runs the groups: takes stanzas from a link, and gives what follows from them back to it. */
export interface Engine {
  /** With `handOver` it is acknowledged when all that follows from it is durable and said. */
  handle(stanza: XmlElement, handOver?: HandOver): void;
  /** Something happened in the server; with `handOver` it is acknowledged when all that follows from it is done. */
  heard(event: ServerEvent, handOver?: HandOver): void;
  /** The link is up, and this is the way for copies. */
  open(way: Way): void;
  /** The link is down. What is to be sent waits, and nothing is begun that nobody has asked for. */
  close(): void;
  /** So many daemons serve the groups now, this one among them; before it hears of any it is alone. */
  share(runners: number): void;
  drained(): void;
  /**
   * Stops taking stanzas; resolves when all that was taken is durable and handed to the link. A link that is
   * down, or takes no more, is waited for some seconds only.
   */
  stop(): Promise<void>;
  /** How many stanzas wait for their group. */
  waiting(): number;
}

/** A group whose queue weighs more than this refuses messages and requests until it weighs less. */
const HEAVIEST_QUEUE = 10_000;

/** The same for all groups together: who floods many of them must not fill the memory, either. */
const HEAVIEST_BACKLOG = 50_000;

/** In characters: a stanza counts once, and once more for each of so many that it has. */
const COUNTS_ONCE = 4_096;

/** How long `stop` waits for the link, in milliseconds. */
const EMPTY_MS = 3_000;

const OVERLOADED = refusal('resource-constraint', 'There is too much to do at the moment; try again later');

/**
 * The command with what the hand-over says. A message to all without an origin-id gets one: without it nobody could
 * tell that it came again (docs/decisions/0005).
 */
function handedOver(command: GroupCommand, handOver: HandOver | undefined): GroupCommand {
  if (command.kind !== 'post' || handOver === undefined) return command;
  const { id, again } = handOver;
  return { ...command, originId: command.originId ?? id, ...(again && { handedOver: again.since }) };
}

export function createEngine(options: EngineOptions): Engine {
  const { host, store, link, metrics, log } = options;
  const observe: OutletObserver = {
    sent: (kind, stanzas, recipients) => {
      metrics.stanzasOut.inc({ kind }, stanzas);
      if (kind === 'message') metrics.deliveries.inc(recipients);
    },
    fellBack: () =>
      log.warn('the multicast service sent a list back; each copy goes out by itself from now on'),
  };
  const outlet = options.outlet?.(observe) ?? createOutlet(link, observe, options.congested);
  const throttle = explanationThrottle();
  const pictures = pictureQuestions();
  const expiry = createExpiry({
    store,
    domain: host.domain,
    log,
    tick: (group) => put(group, { command: { kind: 'tick' } }),
  });
  const orphans = orphanage({
    store,
    domain: host.domain,
    log,
    end: (chat) => put(chat, { command: { kind: 'dissolve' } }),
  });
  const erasures = createErasures({
    store,
    domain: host.domain,
    log,
    put: (group, task) => put(group, task),
  });
  const vcards = createVCardChanges({
    store,
    domain: host.domain,
    log,
    put: (group, task) => put(group, task),
  });
  const seen = seenOnce();
  const { worded } = vocabularies();
  let stopped = false;
  let isUp = false;
  /** Once another daemon has served the groups it may come again at any time, or have something under way. */
  let isShared = false;

  const lists = createLongLists(outlet, {
    sent: () => metrics.stanzasOut.inc({ kind: 'iq' }),
    failed: (err) => log.error({ err }, 'a list of members could not be made'),
  });
  const batch = createBatch(expiry.watching(store), storageHealth(metrics, log));
  const around: Surroundings = {
    store,
    log,
    batch,
    names: options.names,
    environment: () => environmentOf(host),
    isShared: () => isShared,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    send: outlet.send,
    list: lists.put,
    ask: (group, question) => {
      if (!pictures.isNew(group, question)) return;
      vcards
        .ask(question, () => askProfile(link, group, question))
        .then((command) => {
          // After the end the Store may be closed; the user is asked again when he joins again.
          if (command !== undefined && !stopped) put(group, { command });
        })
        .catch((error: unknown) =>
          log.warn({ group, err: error }, 'what a server said of a user could not be used'),
        );
    },
    tell: (group, task) => put(group, task),
    mayExplain: (group, notice) => throttle.allows(group, notice, Date.now()),
    isNews: seen.isNews,
    pageTurn: pageTurns(batch.isWriting),
  };
  const mailboxes = createMailboxes(around);
  const receiptOf = (handOver: HandOver): Receipt => ({
    handOver,
    finished: () => outlet.finished(handOver),
  });

  const answerError = (stanza: Stanza, error: StanzaError): void => {
    const answer = refuse(stanza, error);
    if (answer === undefined) return;
    metrics.errors.inc({ condition: error.condition });
    metrics.stanzasOut.inc({ kind: stanza.kind });
    outlet.sendText(serialise(answer, NS.client));
  };
  const answerResult = (request: Iq, payload: readonly XmlElement[]): void => {
    metrics.stanzasOut.inc({ kind: 'iq' });
    outlet.sendText(serialise(result(request, payload), NS.client));
  };
  const answerTo =
    (stanza: Stanza) =>
    (outcome: Extract<Notice, { kind: 'result' }> | StanzaError): void => {
      if ('condition' in outcome) answerError(stanza, outcome);
      else if (stanza.kind === 'iq') answerResult(stanza, outcome.payload);
    };

  const put = (group: BareJid, task: Task): void => {
    // A long archive would keep the daemon from its end; the next one begins anew.
    if (stopped && task.command.kind === 'erase') {
      task.finished?.();
      return;
    }
    const mailbox = mailboxes.of(group);
    const refusable = task.command.kind === 'post' || task.asked !== undefined;
    const isBusy = mailbox.weight() > HEAVIEST_QUEUE || mailboxes.weight() > HEAVIEST_BACKLOG;
    if (refusable && (isBusy || outlet.isCongested())) {
      task.answer?.(OVERLOADED);
      task.finished?.();
    } else mailbox.put(task);
  };

  const open = (): readonly BareJid[] => (isUp ? mailboxes.open() : []);
  const endSweeps = startSweeps(open, (group) => put(group, { command: { kind: 'sweep' } }));

  /** Nothing else follows from this stanza. */
  const turnDown = (stanza: Stanza, error: StanzaError, { finished }: Receipt): void => {
    answerError(stanza, error);
    finished?.();
  };

  const command = (stanza: Stanza, source: XmlElement): Result<GroupCommand | undefined, StanzaError> => {
    if (stanza.kind === 'presence') return ok(interpretPresence(stanza));
    return stanza.kind === 'iq' ? interpretGroupIq(stanza) : interpretMessage(stanza, source);
  };

  const handleGroup = (stanza: Stanza, source: XmlElement, receipt: Receipt): void => {
    const read = command(stanza, source);
    if (!read.ok) turnDown(stanza, read.error, receipt);
    else if (read.value === undefined) receipt.finished?.();
    else {
      const asked = stanza.kind === 'iq' ? askedBy(stanza) : undefined;
      const wanted = handedOver(worded(stanza.from, read.value), receipt.handOver);
      const weight = 1 + Math.floor(sizeOf(source) / COUNTS_ONCE);
      put(bareOf(stanza.to), { command: wanted, weight, asked, answer: answerTo(stanza), ...receipt });
    }
  };

  const hostRequests = hostRequestsOn({
    host,
    store,
    log,
    creations: createCreations(options.groupsPerDay ?? 0),
    put,
    answerTo,
    turnDown,
  });

  const receive = (source: XmlElement, receipt: Receipt): void => {
    const stanza = readStanza(source);
    if (!stanza.ok) {
      log.warn({ path: stanza.error.path, reason: stanza.error.reason }, 'a stanza could not be read');
      receipt.finished?.();
      return;
    }
    const { value } = stanza;
    if (outlet.takeBounce(value)) return;
    metrics.stanzasIn.inc({ kind: value.kind });
    // Whoever has the JID now is another one than the one whose account is being erased.
    const erasure = erasures.underWay(bareOf(value.from));
    if (erasure === undefined) take(value, source, receipt);
    else {
      void erasure.then(() => {
        if (!stopped) take(value, source, receipt);
      });
    }
  };

  const take = (value: Stanza, source: XmlElement, receipt: Receipt): void => {
    // Late or forged answers, and bounces: nothing of ours waits for them.
    if (value.type === 'error' || value.type === 'result') receipt.finished?.();
    else if (localpartOf(value.to) === undefined) hostRequests.handle(value, receipt);
    else handleGroup(value, source, receipt);
  };

  return {
    handle: (source, handOver) => {
      // What was handed over and is not acknowledged waits for the daemon that comes after this one.
      if (!stopped) receive(source, handOver === undefined ? {} : receiptOf(handOver));
    },
    heard: ({ name, user }, handOver) => {
      const acknowledge = handOver && receiptOf(handOver).finished;
      const jid = bareOf(user);
      if (stopped) return;
      if (name === 'remove_user') {
        void erasures.erase(jid).then((isDone) => {
          if (isDone) acknowledge?.();
        });
      } else if (name === 'vcard_set') vcards.heard(jid, () => acknowledge?.());
      else acknowledge?.();
    },
    open: (way) => {
      isUp = true;
      outlet.open(way);
      orphans.start();
      expiry.start();
    },
    close: () => {
      isUp = false;
      outlet.close();
      // Whoever serves the groups until the link is back does it.
      expiry.rest();
    },
    share: (runners) => {
      isShared ||= runners > 1;
      mailboxes.forget();
      // What a daemon that is gone was about to do of itself.
      orphans.again();
      expiry.start();
    },
    drained: outlet.drained,
    stop: async () => {
      stopped = true;
      await expiry.stop();
      await orphans.stop();
      vcards.stop();
      await erasures.stop();
      endSweeps();
      await mailboxes.idle();
      await hostRequests.answered();
      await lists.stop();
      const left = await outlet.emptied(EMPTY_MS);
      if (left > 0) {
        log.warn({ left }, 'the server took no more: some messages are in the archives, but not delivered');
      }
    },
    waiting: mailboxes.waiting,
  };
}
