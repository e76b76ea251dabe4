import { group as groupElement } from '@xmpp-groups/core/kontalk';
import { elementsOf, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { comeOnline, inKontalkWorld, type KontalkServer, type KontalkUser, wireOf } from './kontalk-world.js';

const NS_CLIENT = 'jabber:client';

const textsOf = ({ told }: KontalkUser): string[] => told.filter((one) => /^[A-Z]/.test(one));

/** Whether a stanza is a message with a `<group/>` in clear that holds this. */
const holds = (stanza: XmlElement, what: string): boolean =>
  stanza.name === 'message' &&
  elementsOf(stanza).some((child) => groupElement.is(child) && serialise(child).includes(what));

describe.each<KontalkServer>(['ejabberd with multicast', 'Prosody without multicast'])(
  'Kontalk groups in clear on %s',
  (kind) => {
    const world = inKontalkWorld(kind);

    async function sailing(options = {}) {
      const olga = await world.user('olga', options);
      const [ann, ben] = [await world.user('ann'), await world.user('ben')];
      const { group, outcome } = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
      expect(await outcome).toBe('taken');
      for (const { told } of [ann, ben]) await expect.poll(() => told).toEqual(['joined']);
      return { olga, ann, ben, group };
    }

    it('go through a life: created, written to, changed, left, joined again', async () => {
      const { olga, ann, ben, group } = await sailing();
      await ann.groups.send(group, 'Saturday?');
      for (const other of [olga, ben]) await expect.poll(() => textsOf(other)).toEqual(['Saturday?']);
      const cleo = await world.user('cleo');
      await olga.groups.add(group, [cleo.jid]);
      await expect.poll(() => cleo.told).toEqual(['joined']);
      expect(await cleo.groups.group(group)).toMatchObject({ subject: 'Sailing', complete: true });
      await olga.groups.remove(group, [ben.jid]);
      await expect.poll(() => ben.told.at(-1)).toBe('removed');
      await olga.groups.setSubject(group, 'Rowing');
      await expect.poll(() => cleo.told.at(-1)).toBe('subject Rowing');
      await ann.groups.leave(group);
      await expect.poll(() => olga.told).toContain(`left ${ann.jid}`);
      await olga.groups.add(group, [ann.jid]);
      await expect.poll(() => ann.told).toContain('rejoined');
      await cleo.groups.send(group, 'All here');
      await expect.poll(() => textsOf(ann)).toEqual(['All here']);
      expect(textsOf(ben)).toEqual(['Saturday?']);
      const members = [olga, cleo, ann].map(({ jid }) => jid);
      for (const one of [olga, cleo, ann]) {
        expect(new Set((await one.groups.group(group))?.members)).toEqual(new Set(members));
      }
    });

    it('reach who was away', async () => {
      const { olga, ann, ben, group } = await sailing();
      await ben.entity.stop();
      await olga.groups.send(group, 'One');
      await olga.groups.setSubject(group, 'Rowing');
      const { outcome } = await olga.groups.send(group, 'Two');
      expect(await outcome).toBe('taken');
      await expect.poll(() => textsOf(ann)).toEqual(['One', 'Two']);
      await comeOnline(ben);
      await expect.poll(() => ben.told).toEqual(['joined', 'One', 'subject Rowing', 'Two']);
    });

    it('repair a command that was lost', async () => {
      const { olga, ann, ben, group } = await sailing();
      ann.connection.change = (stanza) => (holds(stanza, 'Rowing') ? undefined : stanza);
      await olga.groups.setSubject(group, 'Rowing');
      await expect.poll(() => ben.told.at(-1)).toBe('subject Rowing');
      expect(await ann.groups.group(group)).toMatchObject({ subject: 'Sailing' });
      ann.connection.change = (stanza) => stanza;
      await ben.groups.send(group, 'Where?');
      await expect.poll(() => ann.told).toContain('subject Rowing');
      expect(textsOf(ann)).toEqual(['Where?']);
    });

    it('take no command of others than the owner', async () => {
      const { olga, ann, ben, group } = await sailing();
      const removal = xml('message', { xmlns: NS_CLIENT, type: 'chat', id: 'forged', to: ann.jid }, [
        xml('group', { xmlns: 'http://kontalk.org/extensions/message#group', ...group, type: 'set' }, [
          xml('remove', { jid: olga.jid }),
        ]),
      ]);
      await ben.connection.send(removal);
      await expect.poll(() => ann.told).toEqual(['joined', 'command-forged']);
      expect((await ann.groups.group(group))?.members).toContain(olga.jid);
    });

    it('send again what the server itself sends back, when it is taken for the service as the page says', async () => {
      const { olga } = await sailing({ literal: true });
      const wire = wireOf(olga);
      expect(wire.includes("to='localhost'><addresses")).toBe(kind === 'Prosody without multicast');
    });
  },
);
