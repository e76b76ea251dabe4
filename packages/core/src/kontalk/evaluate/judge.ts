import { isOwnersCommand } from '../command/command.js';
import { asCreation } from '../command/read-group.js';
import type { HeldReason } from '../hold/hold.js';
import type { GroupState } from '../model/group.js';
import { wasSeen } from '../model/seen.js';
import { groupNamed, type World } from '../model/world.js';
import type { Environment } from './incoming.js';
import { judgeKnown } from './judge-known.js';
import { judgeUnknown } from './judge-unknown.js';
import { discard, type Judgement, type Refusal } from './judgement.js';
import type { Reading } from './reading.js';

/** Steps P7 to P11 of reference 2.6. `retried`: what it was held back for, when it is not new. */
export function judge(
  world: World,
  reading: Reading,
  environment: Environment,
  retried: HeldReason | undefined,
): Judgement {
  const group = groupNamed(world, reading.name);
  if (group === undefined) {
    return judgeUnknown(world, { ...reading, command: asCreation(reading.command) }, environment);
  }
  const { command, sender, marks, verified, chatState } = reading;
  if (group.secure && verified === undefined) {
    const isCommand = isOwnersCommand(command) || command.kind === 'part';
    const isText = reading.hasContent || chatState === undefined;
    if (isCommand || (isText && environment.policy.cleartextMessages === 'discard'))
      return discard('downgrade');
  }
  if (wasSeen(group, sender, marks)) return discard('duplicate');
  if (isOwnersCommand(command) && sender !== reading.key.owner) return forged(group, reading);
  return judgeKnown(group, reading, environment, retried);
}

/** Rule 1 of the Kontalk page: "Ignoring add/remove group commands from any user but the owner". */
const forged = ({ key, me }: GroupState, { sender }: Reading): Refusal =>
  discard('not-owner', {
    events: [{ kind: 'command-forged', group: key, by: sender, asMe: key.owner === me }],
  });
