import type { Answered, Decision, Notice, Store } from '@xmpp-groups/core/xabber';
import { elementsOf, NS, parse, serialise } from '@xmpp-groups/core/xml';
import type { Task } from './task.js';

type Answer = Extract<Notice, { kind: 'result' }>;

/**
 * What is to be remembered of the answer to a request that was handed over: it may be handed over again, to this daemon
 * or another one, and is not to be done twice then (docs/decisions/0040).
 */
export function toRemember({ notices }: Pick<Decision, 'notices'>, task: Task): readonly Answered[] {
  const { handOver, asked } = task;
  const result = notices.find((notice): notice is Answer => notice.kind === 'result');
  if (handOver === undefined || asked === undefined || result === undefined) return [];
  return [
    { name: handOver.id, payload: result.payload.map((child) => serialise(child, NS.client)).join('') },
  ];
}

/**
 * The answer that was given to this request before; `undefined`: it has not come before, or changed nothing then.
 * @param attempt after the first one somebody else has written the group, perhaps because of the same request
 */
export async function givenBefore(
  store: Pick<Store, 'answered'>,
  { handOver, asked }: Task,
  attempt: number,
): Promise<Answer | undefined> {
  if (handOver === undefined || asked === undefined) return undefined;
  if (handOver.again === undefined && attempt === 1) return undefined;
  const payload = await store.answered(handOver.id);
  if (payload === undefined) return undefined;
  const read = parse(`<iq xmlns='${NS.client}'>${payload}</iq>`);
  if (!read.ok) throw new Error(`the answer to ${handOver.id} cannot be read any more: ${read.error.reason}`);
  return { kind: 'result', payload: elementsOf(read.value) };
}
