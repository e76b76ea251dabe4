import { type Jid, localpartOf } from '../../jid/index.js';
import { authorised, seesJids } from '../decide/authority.js';
import { shownName } from '../decide/block.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { blockList } from '../elements/block.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';

/** Who is shut out: people with their member ids, and domains (reference 10.3). */
export function answerBlocks(group: Group, from: Jid, env: Environment): Decision {
  const actor = authorised(group, from, 'set-restrictions', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const sees = seesJids(group, actor.value, env.now);
  const entries = [...group.blocks.values()];
  const people = entries.filter(({ address }) => localpartOf(address) !== undefined);
  return answer(
    blockList.build({
      users: people.map((entry) => ({ jid: shownName(entry, sees), id: entry.member ?? '' })),
      domains: entries.filter((entry) => !people.includes(entry)).map(({ address }) => address),
    }),
  );
}
