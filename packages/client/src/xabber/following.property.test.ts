import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeConnection, fakePlatform } from '../../test/fake-connection.js';
import { groupModel } from '../../test/group-model.js';
import { VERONA } from '../../test/group-side.js';
import { xabberGroups } from './xabber-groups.js';

const STEPS = ['post', 'rewrite', 'deliver', 'deliver twice', 'answer', 'drop', 'connect', 'resume'] as const;

describe('a followed group', () => {
  it('is told without a gap, once and in order, whatever happens to the connection', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 60 }), async (steps) => {
        const connection = fakeConnection();
        const client = xabberGroups(connection, { platform: fakePlatform(), available: false });
        const messages: string[] = [];
        const rewrites: number[] = [];
        const faults: string[] = [];
        client.on('message', ({ message }) => messages.push(message.text));
        client.on('retracted', ({ version }) => rewrites.push(version));
        client.on('fault', ({ error }) => faults.push(error.message));
        const group = groupModel(connection);
        const following = client.follow(VERONA, { stanzaId: '100', rewrites: 0 });
        let session = false;
        for (const step of steps) {
          if (step === 'post') group.post();
          else if (step === 'rewrite') group.rewrite();
          else if (step === 'deliver') group.deliver(false);
          else if (step === 'deliver twice') group.deliver(true);
          else if (step === 'answer') await group.answer();
          else if (step === 'drop') group.drop();
          else {
            // Only a session that there was can be resumed.
            group.connect(session && step === 'resume');
            session = true;
          }
        }
        group.connect(false);
        await group.rest();
        await following;
        expect(messages).toEqual(group.messages);
        expect(rewrites).toEqual(group.rewrites);
        expect(faults).toEqual([]);
        client.close();
      }),
      { numRuns: 300 },
    );
  });
});
