import type { Question } from '../command.js';
import { mayRead, memberBehind } from '../decide/authority.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { rewriteQuery } from '../elements/rewrite.js';
import type { Environment } from '../environment.js';
import type { Rewrite } from '../model/events.js';
import type { Group } from '../model/group.js';
import { invalidateNotification } from '../present/rewritten.js';

type RewritesQuestion = Extract<Question, { kind: 'rewrites' }>;

/** More than this is not told one by one, whatever the client asks for (reference 12.5). */
const MOST_REWRITES = 50;

const limitOf = ({ lessThan }: RewritesQuestion): number =>
  Math.min(lessThan ?? MOST_REWRITES, MOST_REWRITES);

function refusalFor(group: Group, question: RewritesQuestion, env: Environment): Decision | undefined {
  const member = memberBehind(group, question.from);
  if (!member.ok) return refuseWith(member.error);
  const allowed = mayRead(member.value, env.now);
  return allowed.ok ? undefined : refuseWith(allowed.error);
}

/** What is to be looked up: one more than is told, so that it shows when there are too many. */
export function rewritesFor(
  group: Group,
  question: RewritesQuestion,
  env: Environment,
): { readonly since: number; readonly max: number } | undefined {
  const { since } = question;
  if (since === undefined || since >= group.rewriteVersion) return undefined;
  return refusalFor(group, question, env) === undefined ? { since, max: limitOf(question) + 1 } : undefined;
}

/**
 * What was rewritten while somebody was away (reference 12.5): each notification again, or when that would be too
 * many the one that his history is worth nothing; then the version that he is at now.
 */
export function answerRewrites(
  group: Group,
  question: RewritesQuestion,
  rewrites: readonly Rewrite[] | undefined,
  env: Environment,
): Decision {
  const refused = refusalFor(group, question, env);
  if (refused !== undefined) return refused;
  const payload = [rewriteQuery.build({ version: group.rewriteVersion })];
  if (rewrites === undefined || rewrites.length === 0) return answer(...payload);
  const notifications =
    rewrites.length > limitOf(question)
      ? [invalidateNotification(group)]
      : rewrites.map(({ notification }) => notification);
  return {
    events: [],
    notices: [
      { kind: 'rewrites', to: question.from, notifications },
      { kind: 'result', payload },
    ],
  };
}
