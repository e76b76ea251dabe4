import type { Jid } from '../../jid/index.js';
import type { GroupCommand } from '../command.js';
import { memberIdIn } from '../model/assigned.js';
import type { Group, MemberId } from '../model/group.js';

/**
 * A command in which members are named by their ids, where their assigned JIDs were given (docs/assigned-jids.md). What
 * else a name may be stays as it is.
 */
export function identified(group: Group, command: GroupCommand): GroupCommand {
  const idOf = (name: string): MemberId => memberIdIn(group.jid, name) ?? name;
  switch (command.kind) {
    case 'member':
    case 'rights':
    case 'setRights':
    case 'changeCard':
    case 'retractUser':
    case 'disclose':
    case 'openPrivateChat':
      return { ...command, id: idOf(command.id) };
    case 'permissions':
    case 'setPermissions':
      return { ...command, target: idOf(command.target) };
    case 'transferOwnership':
      return { ...command, to: idOf(command.to) };
    case 'kick': {
      const { ids, jids } = parted(group, command.jids);
      return { ...command, ids: [...command.ids.map(idOf), ...ids], jids };
    }
    case 'block':
    case 'unblock': {
      const { ids, jids } = parted(group, command.addresses);
      return { ...command, ids: [...command.ids.map(idOf), ...ids], addresses: jids };
    }
    default:
      return command;
  }
}

/** The ids in assigned JIDs, and the JIDs of accounts. */
function parted(group: Group, names: readonly Jid[]): { readonly ids: MemberId[]; readonly jids: Jid[] } {
  const ids = names.flatMap((name) => memberIdIn(group.jid, name) ?? []);
  return { ids, jids: names.filter((name) => memberIdIn(group.jid, name) === undefined) };
}
