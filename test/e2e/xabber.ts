import { afterEach, describe } from 'vitest';
import { archive } from './scenarios/archive.js';
import { assignedJids } from './scenarios/assigned-jids.js';
import { attendance } from './scenarios/attendance.js';
import { cards } from './scenarios/cards.js';
import { company } from './scenarios/company.js';
import { devices } from './scenarios/devices.js';
import { disclosure } from './scenarios/disclosure.js';
import { discovery } from './scenarios/discovery.js';
import { finding } from './scenarios/finding.js';
import { incognito } from './scenarios/incognito.js';
import { invitations } from './scenarios/invitations.js';
import { joining } from './scenarios/joining.js';
import { messages } from './scenarios/messages.js';
import { pace } from './scenarios/pace.js';
import { previous } from './scenarios/previous.js';
import { privateChats } from './scenarios/private-chats.js';
import { rewriting } from './scenarios/rewriting.js';
import { rights } from './scenarios/rights.js';
import { settings } from './scenarios/settings.js';
import { typing } from './scenarios/typing.js';
import { vocabulary } from './scenarios/vocabulary.js';
import { inWorld, type World, type WorldKind } from './world.js';

/** All scenarios of the Xabber scheme, and what is to be said afterwards, in one world. */
export function xabberScenarios(kind: WorldKind, afterwards?: (world: World) => void): void {
  describe(kind, () => {
    const world = inWorld(kind);
    afterEach(world.sendHome);
    discovery(world);
    joining(world);
    messages(world);
    devices(world);
    archive(world);
    rights(world);
    cards(world);
    settings(world);
    attendance(world);
    rewriting(world);
    previous(world);
    typing(world);
    invitations(world);
    company(world);
    finding(world);
    vocabulary(world);
    pace(world);
    privateChats(world);
    incognito(world);
    assignedJids(world);
    disclosure(world);
    afterwards?.(world);
  });
}
