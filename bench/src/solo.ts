import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Component, type SeedGroup, seedGroups, startComponent } from '@xmpp-groups/harness';
import { type FakeServer, startFakeServer } from './fake-server.js';
import { markOf } from './mark.js';
import { type Heard, stanzaReader } from './stanza-reader.js';

/** The daemon alone, with a fake server: nothing but its own work is measured. */
export interface Solo {
  readonly daemon: Component;
  readonly server: FakeServer;
  /** Sends the message `number` of a user to a group, as his server passes it on. */
  post(group: string, from: string, number: number): Promise<void>;
  stop(): Promise<void>;
}

export interface SoloOptions {
  readonly groups: readonly SeedGroup[];
  readonly profile: string | undefined;
  /** Something came from the daemon. */
  heard(stanza: Heard): void;
}

export const SOLO_DOMAIN = 'groups.localhost';
const SECRET = 'a secret of the benchmark';
const RESOURCE = 'bench';

/** The text of a message with the mark of its number, and an id that tells it, too. */
export const soloMessage = (group: string, from: string, number: number): string => {
  const id = `bench-${number}`;
  return (
    `<message from='${from}/${RESOURCE}' to='${group}' type='chat' id='${id}'>` +
    `<body>Shall we meet at the same place as last time? ${markOf(number)}</body>` +
    `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/></message>`
  );
};

export async function startSolo({ groups, profile, heard }: SoloOptions): Promise<Solo> {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const storageUrl = `sqlite:${join(folder, 'groups.db')}`;
  await seedGroups(storageUrl, groups);
  const server = await startFakeServer(stanzaReader(heard));
  const daemon = await startComponent({
    port: server.port,
    domain: SOLO_DOMAIN,
    secret: SECRET,
    storageUrl,
    env: {
      // The fake server has no multicast service to be asked for.
      XMPP_GROUPS_FANOUT_WAY: 'splice',
      ...(profile === undefined
        ? {}
        : {
            BENCH_PROFILE: resolve(profile),
            NODE_OPTIONS: `--import ${new URL('./profile-hook.js', import.meta.url)}`,
          }),
    },
  });
  return {
    daemon,
    server,
    post: (group, from, number) => server.send(soloMessage(group, from, number)),
    stop: async () => {
      await daemon.stop();
      await server.stop();
      process.off('exit', remove);
      remove();
    },
  };
}
