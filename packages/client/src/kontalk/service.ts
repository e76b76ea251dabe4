import { type BareJid, domainOf, parseBareJid } from '@xmpp-groups/core/jid';
import {
  type Answers,
  type FoundService,
  NO_ANSWERS,
  type Question,
  type Route,
  searchService,
  stillHolds,
} from '@xmpp-groups/core/multicast';
import { type DiscoInfo, type DiscoItems, discoInfo, discoItems } from '@xmpp-groups/core/xep';
import { GroupsError } from '../errors.js';
import type { Wire } from '../wire.js';

/** The multicast service of the own server (reference 3.1). */
export interface ServiceSearch {
  /** The service, asked for once a day; `undefined`: there is none. Never rejects. */
  find(): Promise<FoundService | undefined>;
  /** The service refused what it was given; what it takes is the way that is used from now on. */
  refused(next: Route): void;
}

const QUESTION = { identities: [], features: [], forms: [] };

interface Ended {
  readonly service: FoundService | undefined;
  readonly at: number;
}

/** @param literal whether the server itself is tried where none announces a service (the Kontalk page) */
export function searchOn(wire: Wire, me: BareJid, literal: boolean): ServiceSearch {
  const server = parseBareJid(domainOf(me));
  let ended: Ended | undefined;
  let running: Promise<FoundService | undefined> | undefined;

  const search = async (domain: BareJid): Promise<FoundService | undefined> => {
    const answers = { info: new Map(NO_ANSWERS.info), items: new Map(NO_ANSWERS.items) };
    let certain = true;
    for (;;) {
      const step = searchService(domain, answers, { literal });
      if (step.kind !== 'ask') {
        const service = step.kind === 'found' ? step.service : undefined;
        // That nobody answered because the connection was gone says nothing of the server.
        if (certain) ended = { service, at: wire.platform.now() };
        return service;
      }
      const told = await Promise.all(step.questions.map((question) => ask(wire, question, answers)));
      certain &&= !told.includes(false);
    }
  };

  return {
    find: () => {
      if (ended !== undefined && stillHolds(ended.at, wire.platform.now())) {
        return Promise.resolve(ended.service);
      }
      if (!server.ok) return Promise.resolve(undefined);
      running ??= search(server.value).finally(() => {
        running = undefined;
      });
      return running;
    },
    refused: (next) => {
      const service = next.kind === 'service' ? next.service : undefined;
      ended = { service, at: wire.platform.now() };
    },
  };
}

interface Collected extends Answers {
  readonly info: Map<BareJid, DiscoInfo | undefined>;
  readonly items: Map<BareJid, DiscoItems | undefined>;
}

/** @returns whether it is certain what the entity says */
async function ask(wire: Wire, { kind, to }: Question, answers: Collected): Promise<boolean> {
  const attempt = { what: 'look for a multicast service', to };
  try {
    if (kind === 'info') answers.info.set(to, await wire.ask(attempt, discoInfo.build(QUESTION), discoInfo));
    else answers.items.set(to, await wire.ask(attempt, discoItems.build({ items: [] }), discoItems));
    return true;
  } catch (error) {
    if (!(error instanceof GroupsError)) throw error;
    answers[kind].set(to, undefined);
    return error.condition !== 'closed' && wire.own() !== undefined;
  }
}
