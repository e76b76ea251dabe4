import { expect, it } from 'vitest';
import { xabberScenarios } from './xabber.js';

xabberScenarios('ejabberd, same host', (world) => {
  it('nothing of all this is left unacknowledged', async () => {
    await expect.poll(() => world.component.metrics()).toContain('xmpp_groups_unacknowledged 0\n');
  });
});
