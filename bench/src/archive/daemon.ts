import { resolve } from 'node:path';
import { type Component, startComponent } from '@xmpp-groups/harness';
import { startFakeServer } from '../fake-server.js';
import { SOLO_DOMAIN } from '../solo.js';
import { answerReader } from './answers.js';
import { type Answer, type Asker, askerOn } from './asker.js';

/** A daemon on a database, and who asks it over its socket. */
export interface ArchiveDaemon extends Asker {
  readonly daemon: Component;
  send(text: string): Promise<void>;
  stop(): Promise<void>;
}

export interface ArchiveDaemonOptions {
  readonly storageUrl: string;
  readonly profile: string | undefined;
  /** Gets all that comes from the daemon; its memory is used again after the call. */
  received?(chunk: Buffer): void;
}

const SECRET = 'a secret of the benchmark';

export async function startArchiveDaemon(options: ArchiveDaemonOptions): Promise<ArchiveDaemon> {
  let answered: (answer: Answer) => void = () => undefined;
  const { read, firstByte } = answerReader((answer) => answered(answer));
  const server = await startFakeServer((chunk) => {
    read(chunk);
    options.received?.(chunk);
  });
  const daemon = await startComponent({
    port: server.port,
    domain: SOLO_DOMAIN,
    secret: SECRET,
    storageUrl: options.storageUrl,
    env: {
      // The fake server has no multicast service to be asked for.
      XMPP_GROUPS_FANOUT_WAY: 'splice',
      ...(options.profile === undefined
        ? {}
        : {
            BENCH_PROFILE: resolve(options.profile),
            NODE_OPTIONS: `--import ${new URL('../profile-hook.js', import.meta.url)}`,
          }),
    },
  });
  const { take, ...asker } = askerOn(server.send, firstByte);
  answered = take;
  return {
    daemon,
    ...asker,
    send: server.send,
    stop: async () => {
      await daemon.stop();
      await server.stop();
    },
  };
}
