import { type BareJid, bareOf, domainOf, parseBareJid } from '../jid/index.js';
import type { DiscoInfo, DiscoItems } from '../xep/index.js';
import { type MulticastService, servesBlind, serviceIn } from './service.js';

/** A service as a client finds it. */
export interface FoundService extends MulticastService {
  /** Whether recipients can be hidden from each other. */
  readonly blind: boolean;
  /** Whether it says itself that it is one; if not, a first message has to show it. */
  readonly announced: boolean;
}

/** What to ask an entity by service discovery (XEP-0030): for its features, or for what belongs to it. */
export interface Question {
  readonly kind: 'info' | 'items';
  readonly to: BareJid;
}

/** What was answered so far; `undefined` for an error, and for no answer in time. */
export interface Answers {
  readonly info: ReadonlyMap<BareJid, DiscoInfo | undefined>;
  readonly items: ReadonlyMap<BareJid, DiscoItems | undefined>;
}

/** How a search stands: what to ask next, or how it ended. */
export type Search =
  | { readonly kind: 'ask'; readonly questions: readonly Question[] }
  | { readonly kind: 'found'; readonly service: FoundService }
  | { readonly kind: 'none' };

/** How a search begins. */
export const NO_ANSWERS: Answers = { info: new Map(), items: new Map() };

/** What ejabberd allows local users where the operator has set nothing, and so states nothing (reference 3.1). */
const UNSTATED_LIMIT = 100;
/** A service that nobody has asked gets lists that every service has to take (XEP-0033, section 8). */
const UNANNOUNCED_LIMIT = 20;
/** A server lists a handful of services; one that lists thousands lists something else. */
const MOST_ITEMS = 50;

/**
 * The multicast service of a server, for a client: the server itself, one of the entities that belong to it, or
 * what is called `multicast.` there (XEP-0033, section 2.2; reference 3.1). To be called again with what is
 * answered, until it is found or there is none; the same answers give the same step.
 * @param domain the domain of the user's account
 * @param literal whether to take the server itself when nothing announces a service: all messages must be sent
 *   to `[hostname]`, says the Kontalk page. Servers that know nothing of it send the message back.
 */
export function searchService(domain: BareJid, answers: Answers, { literal = false } = {}): Search {
  const host = answers.info.has(domain)
    ? offered(domain, answers)
    : ask(
        [
          { kind: 'info', to: domain },
          { kind: 'items', to: domain },
        ],
        answers,
      );
  if (host !== undefined) return host;
  if (!answers.items.has(domain)) return { kind: 'ask', questions: [{ kind: 'items', to: domain }] };
  const listed = servicesOf(domain, answers.items.get(domain));
  const unasked = ask(
    listed.map((to) => ({ kind: 'info', to })),
    answers,
  );
  if (unasked !== undefined) return unasked;
  for (const jid of listed) {
    const found = offered(jid, answers);
    if (found !== undefined) return found;
  }
  const usual = parseBareJid(`multicast.${domainOf(domain)}`);
  if (usual.ok) {
    const guess = ask([{ kind: 'info', to: usual.value }], answers) ?? offered(usual.value, answers);
    if (guess !== undefined) return guess;
  }
  if (!literal) return { kind: 'none' };
  return {
    kind: 'found',
    service: { jid: domain, limit: UNANNOUNCED_LIMIT, blind: false, announced: false },
  };
}

/** Those of `questions` that have no answer yet; `undefined` when all have. */
function ask(questions: readonly Question[], answers: Answers): Search | undefined {
  const open = questions.filter(({ kind, to }) => !answers[kind].has(to));
  return open.length === 0 ? undefined : { kind: 'ask', questions: open };
}

function offered(jid: BareJid, answers: Answers): Search | undefined {
  const info = answers.info.get(jid);
  const service = info === undefined ? undefined : serviceIn(jid, info, UNSTATED_LIMIT);
  if (info === undefined || service === undefined) return undefined;
  return { kind: 'found', service: { ...service, blind: servesBlind(info), announced: true } };
}

function servicesOf(domain: BareJid, items: DiscoItems | undefined): readonly BareJid[] {
  const listed = (items?.items ?? []).filter(({ node }) => node === undefined).map(({ jid }) => bareOf(jid));
  return [...new Set(listed.filter((jid) => jid !== domain))].slice(0, MOST_ITEMS);
}

/** How long what was found may be kept, in milliseconds (XEP-0033, section 2.3). */
const KEPT = 24 * 60 * 60 * 1000;

/**
 * Whether what a search found, or that it found nothing, may still be used.
 * @param found when the search ended, in milliseconds since the epoch
 * @param now the time now, likewise
 */
export const stillHolds = (found: number, now: number): boolean => found <= now && now - found <= KEPT;
