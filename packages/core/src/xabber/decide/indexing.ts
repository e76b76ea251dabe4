import type { Decision, Notice } from '../decision.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';

/**
 * A decision with what index services have to hear besides what all members do, which they hear as well
 * (reference 14.1): that a group has come, that it no longer wants to be found everywhere, that it is gone.
 * @param before the group before the decision
 */
export function withIndexing(before: Group | undefined, decision: Decision, env: Environment): Decision {
  const services = env.host.indexServices;
  if (services.length === 0) return decision;
  const wasGlobal = before?.properties.index === 'global';
  const notices = decision.events.flatMap((event): Notice[] => {
    if (event.kind === 'groupCreated' && event.properties.index === 'global') {
      return [{ kind: 'presence', to: services }];
    }
    if (event.kind === 'propertiesChanged' && wasGlobal && event.properties.index !== 'global') {
      return [{ kind: 'presence', to: services }];
    }
    if (event.kind === 'groupDeleted' && wasGlobal) {
      return services.map((to) => ({ kind: 'parting', to, type: 'unavailable' }) as const);
    }
    return [];
  });
  return notices.length === 0 ? decision : { ...decision, notices: [...decision.notices, ...notices] };
}
