import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEjabberd, type XmppServer } from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../examples/kontalk-chat/dist/main.js', import.meta.url));

/** Somebody at a terminal. */
interface Person {
  readonly account: string;
  /** All lines that the program has printed. */
  readonly lines: readonly string[];
  type(line: string): void;
  /** Waits until a line that holds `part` is printed. */
  sees(part: string | RegExp): Promise<void>;
  quit(): Promise<void>;
}

describe('the terminal chat', () => {
  let server: XmppServer;
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-chat-'));
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    server = await startEjabberd({ multicast: {} });
    for (const name of ['olga', 'ann', 'ben']) await server.register(name, 'pw');
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function person(name: string, state = name): Promise<Person> {
    const account = `${name}@localhost`;
    const args = [
      account,
      '--service',
      `xmpp://127.0.0.1:${server.c2sPort}`,
      '--state',
      join(folder, `${state}.db`),
    ];
    const env = { ...process.env, XMPP_PASSWORD: 'pw', KEY_PASSPHRASE: `the passphrase of ${name}` };
    const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    running.push(child);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      let rest = '';
      stream.on('data', (text: string) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
      });
    }
    const sees = async (part: string | RegExp): Promise<void> => {
      const isSeen = (line: string): boolean =>
        typeof part === 'string' ? line.includes(part) : part.test(line);
      await expect.poll(() => (lines.some(isSeen) ? 'seen' : lines.join('\n'))).toBe('seen');
    };
    await sees(new RegExp(`^${account} `));
    return {
      account,
      lines,
      type: (line) => void child.stdin.write(`${line}\n`),
      sees,
      quit: async () => {
        const ended = once(child, 'exit');
        child.stdin.write('/quit\n');
        expect(await ended).toEqual([0, null]);
      },
    };
  }

  it('lets three people talk in an encrypted group, which is there after a restart, and holds another key', async () => {
    const olga = await person('olga');
    const ann = await person('ann');
    const ben = await person('ben');
    olga.type('/create ann@localhost,ben@localhost Sailing');
    for (const member of [ann, ben]) {
      await member.sees('[Sailing] * olga wants you in this group');
      member.type('/accept');
      await member.sees('[Sailing] * you are in it');
    }
    olga.type('Saturday?');
    await ann.sees('[Sailing] olga: Saturday?');
    await ben.sees('[Sailing] olga: Saturday?');
    ann.type('Yes, Grüße 🛶');
    await olga.sees('[Sailing] ann: Yes, Grüße 🛶');
    olga.type('/subject Rowing');
    await ben.sees('[Rowing] * the subject is now Rowing');

    await ann.quit();
    ben.type('Where is Ann?');
    const back = await person('ann');
    await back.sees('[Rowing] ben: Where is Ann?');
    back.type('/groups');
    await back.sees('1 Rowing: member, 3 members');
    back.type('/use 1');
    back.type('Here');
    await ben.sees('[Rowing] ann: Here');
    expect(
      [...olga.lines, ...ben.lines, ...back.lines].filter((line) => line.includes('not encrypted')),
    ).toEqual([]);

    await ben.quit();
    const newBen = await person('ben', 'a new machine of ben');
    olga.type('/keys ben@localhost');
    await olga.sees('! ben@localhost has another key');
    await olga.sees(/^ben@localhost .* unconfirmed$/);
    olga.type('/confirm ben@localhost');
    await olga.sees(/^ben@localhost .* verified$/);
    olga.type('/add ben@localhost');
    await newBen.sees('[Rowing] * olga wants you in this group');
    newBen.type('/accept');
    await newBen.sees('[Rowing] * you are in it');
    newBen.type('My old machine is broken');
    await olga.sees('[Rowing] ben: My old machine is broken');

    back.type('/leave');
    await olga.sees('[Rowing] * ann has left');
    newBen.type('/help');
    await newBen.sees('/create ACCOUNT,ACCOUNT... SUBJECT');
    newBen.type('/use 9');
    await newBen.sees('! there is no such group');
    for (const one of [olga, back, newBen]) await one.quit();
  }, 180_000);

  it('says what is missing', async () => {
    const { XMPP_PASSWORD: _, ...env } = process.env;
    const child = spawn(process.execPath, [PROGRAM, 'olga@localhost'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    let log = '';
    child.stderr.on('data', (text: Buffer) => {
      log += String(text);
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(log).toContain('XMPP_PASSWORD');
  });
});
