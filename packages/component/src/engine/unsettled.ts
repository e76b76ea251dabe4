import type { DatedEvent, Decision } from '@xmpp-groups/core/xabber';

/** The decisions of one group that are not durable yet. */
export interface Unsettled {
  /** How many they are. */
  count(): number;
  /** How many of them have something to write. */
  writes(): number;
  /** How many of them rewrite the archive. */
  rewritings(): number;
  /** The first message of all that they add to the archive; infinite: none. */
  firstMessage(): number;
  /** Whether the message of this author with this origin-id is among them. */
  hasPost(author: string, originId: string): boolean;
  /** Whether so much is decided and not said that the group has to wait. */
  isMuch(): boolean;
  /** Counts a decision with its lasting events; the result ends that, when it is durable or has failed. */
  begin(decision: Pick<Decision, 'notices'>, events: readonly DatedEvent[]): () => void;
}

/**
 * How much of a group may be decided and not said yet. A group that is flooded waits here, where others have their turn
 * and its queue can be refused, and does not fill a transaction for seconds.
 */
const MOST_UNSAID = 128;

/** So many elements of an answer are as much as a decision: lists of members may be long, and are kept until they are said. */
const ELEMENTS = 256;

const weightOf = ({ notices }: Pick<Decision, 'notices'>): number =>
  notices.reduce(
    (sum, notice) =>
      notice.kind === 'result'
        ? notice.payload.reduce((size, { children }) => size + children.length / ELEMENTS, sum)
        : sum,
    1,
  );

const keyOf = (author: string, originId: string): string => `${author} ${originId}`;

const postKeyOf = (event: DatedEvent): string[] => {
  if (event.kind !== 'messagePosted') return [];
  const { author, originId } = event.message;
  return author === undefined || originId === undefined ? [] : [keyOf(author, originId)];
};

/** Whether an event changes what is in the archive, under ids that were there before. */
const isRewriting = ({ kind }: DatedEvent): boolean =>
  kind === 'messageRetracted' ||
  kind === 'historyRetracted' ||
  kind === 'messageReplaced' ||
  kind === 'messagesCleaned' ||
  kind === 'rewritesCleaned';

export function nothingUnsettled(): Unsettled {
  let count = 0;
  let writes = 0;
  let rewritings = 0;
  let unsaid = 0;
  let firstMessage = Number.POSITIVE_INFINITY;
  const posts = new Set<string>();
  return {
    count: () => count,
    writes: () => writes,
    rewritings: () => rewritings,
    firstMessage: () => firstMessage,
    hasPost: (author, originId) => posts.has(keyOf(author, originId)),
    isMuch: () => unsaid >= MOST_UNSAID,
    begin: (decision, events) => {
      const begun = events.flatMap(postKeyOf);
      const rewriting = events.filter(isRewriting).length;
      const writing = Math.min(events.length, 1);
      const weight = weightOf(decision);
      count += 1;
      writes += writing;
      rewritings += rewriting;
      unsaid += weight;
      for (const post of begun) posts.add(post);
      for (const event of events) {
        if (event.kind === 'messagePosted') firstMessage = Math.min(firstMessage, event.message.stanzaId);
      }
      return () => {
        count -= 1;
        writes -= writing;
        rewritings -= rewriting;
        unsaid -= weight;
        for (const post of begun) posts.delete(post);
        if (count === 0) firstMessage = Number.POSITIVE_INFINITY;
      };
    },
  };
}
