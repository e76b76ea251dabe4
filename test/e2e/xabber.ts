import { afterEach, describe } from 'vitest';
import { archive } from './scenarios/archive.js';
import { discovery } from './scenarios/discovery.js';
import { joining } from './scenarios/joining.js';
import { messages } from './scenarios/messages.js';
import { rewriting } from './scenarios/rewriting.js';
import { inWorld, type WorldKind } from './world.js';

/** All scenarios of the Xabber scheme, in one world. */
export function xabberScenarios(kind: WorldKind): void {
  describe(kind, () => {
    const world = inWorld(kind);
    afterEach(world.sendHome);
    discovery(world);
    joining(world);
    messages(world);
    archive(world);
    rewriting(world);
  });
}
