import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseBareJid } from '@xmpp-groups/core/jid';
import { connect, type GroupUser, groupUser, plainText } from '@xmpp-groups/harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../demo/dist/main.js', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  /** What it has printed so far, errors included. */
  text(): string;
  /** Resolves when it has printed what matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

function start(cwd: string, ...args: string[]): Run {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    ended,
    text: () => text,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text);
          if (found !== null) resolve(found);
        };
        child.stdout.on('data', look);
        look();
        ended.then((code) => reject(new Error(`It ended with ${code} before that:\n${text}`)), reject);
      }),
  };
}

/** The ids of all processes below `pid` (proc(5): each thread has a list of its children). */
function descendants(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '))
    .filter((child) => child !== '')
    .flatMap((child) => [Number(child), ...descendants(Number(child))]);
}

async function login(server: Parameters<typeof connect>[0]['server'], user: string): Promise<GroupUser> {
  const client = await connect({ server, user, password: 'montague' });
  await client.roster.get();
  await client.sendPresence();
  return groupUser(client);
}

describe('npm start', () => {
  let folder = '';
  let runs: Run[] = [];
  const run = (...args: string[]): Run => {
    const started = start(folder, ...args);
    runs.push(started);
    return started;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-demo-test-'));
    runs = [];
  });
  afterEach(async () => {
    for (const { child, ended } of runs) {
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it.each<{ args: string[]; carried: RegExp }>([
    { args: ['--demo'], carried: /one stanza with a list of members each \(XEP-0033\)/ },
    {
      args: ['--demo', '--in-server'],
      carried: /one stanza with a list of members each \(mod_xmpp_groups\)/,
    },
  ])('$args plays a conversation, and leaves nothing behind', async ({ args, carried }) => {
    const demo = run(...args);
    expect(await demo.ended, demo.text()).toBe(0);
    const text = demo.text();
    for (const line of [
      /Juliet \(TCP\) +> creates the group "Verona" on groups\.localhost: verona@groups\.localhost/,
      /Romeo's screen +\| Juliet: Ромео, как мне жаль, что ты Ромео! 🌹/,
      /Nurse's screen +\| Juliet:\n +\| Ромео, как мне жаль, что ты Ромео! 🌹/,
      /Juliet's laptop +\| \(written on the other device\) Ромео, как мне жаль/,
      /Mercutio's screen +\| Nurse: Madam!/,
      /Mercutio's screen +\| Juliet: Что в имени\? 🌹 +\(sent while offline\)/,
      /Romeo \(WebSocket\) +> asks for page 3/,
      /= 10 messages in all: nothing is missing, nothing is there twice/,
      /Juliet's screen +\| Nurse left chat/,
      /= members now: Juliet, Mercutio, Romeo/,
      carried,
      /Everything happened as it must\.\n$/,
    ]) {
      expect(text).toMatch(line);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  // Whichever way the groups are served, the next start may take the other one.
  it.each([
    { first: [], next: [] },
    { first: ['--in-server'], next: [] },
  ])(
    '$first serves until it is interrupted, once in a folder, and $next finds everything again',
    async (args) => {
      const first = run(...args.first);
      const [, port] = await first.printed(/at 127\.0\.0\.1 port (\d+)[\s\S]*Ctrl-C to end it/);
      const [, url] = await first.printed(/WebSocket +(\S+)/);
      const server = { host: 'localhost', c2sPort: Number(port), websocketUrl: url ?? '' } as const;
      const group = parseBareJid('verona@groups.localhost');
      if (!group.ok) throw new Error(group.error.reason);

      const juliet = await login(server, 'juliet');
      const romeo = await login(server, 'romeo');
      await romeo.join(group.value);
      await juliet.told(group.value, 'join');
      await romeo.post(group.value, 'Но что за блеск я вижу на балконе? 🌅');
      const copy = await juliet.client.expect((stanza) => plainText(stanza)?.includes('балконе') ?? false);
      expect(plainText(copy)).toBe('Romeo:\nНо что за блеск я вижу на балконе? 🌅');
      await Promise.all([juliet.client.stop(), romeo.client.stop()]);

      const second = run();
      expect(await second.ended).toBe(1);
      expect(second.text()).toMatch(/^npm start is running in this folder already \(process \d+\);/);

      const processes = descendants(first.child.pid ?? 0);
      expect(processes.length).toBeGreaterThanOrEqual(3);
      first.child.kill('SIGINT');
      expect(await first.ended, first.text()).toBe(0);
      // Erlang's own small processes notice a moment later that it is gone.
      await expect
        .poll(() => processes.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 10_000 })
        .toEqual([]);

      const third = run(...args.next);
      const [, again] = await third.printed(/at 127\.0\.0\.1 port (\d+)[\s\S]*Ctrl-C to end it/);
      const back = await login({ ...server, c2sPort: Number(again) }, 'romeo');
      const { items } = await back.history(group.value, {}, { before: '', max: 1 });
      expect(items.map(({ message }) => message.text)).toEqual(['Но что за блеск я вижу на балконе? 🌅']);
      await back.client.stop();
      third.child.kill('SIGINT');
      expect(await third.ended, third.text()).toBe(0);
    },
  );

  it('says which part died, and ends', async () => {
    const broken = run();
    await broken.printed(/Ctrl-C to end it/);
    const component = descendants(broken.child.pid ?? 0).find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('xmpp-groups.js\0serve'),
    );
    if (component === undefined) throw new Error('the component does not run');
    process.kill(component, 'SIGKILL');
    expect(await broken.ended).toBe(1);
    expect(broken.text()).toMatch(/The component ended by itself\. The end of its log:/);
  });

  it('shows how it is used when it is used wrongly', async () => {
    const wrong = run('--what');
    expect(await wrong.ended).toBe(1);
    expect(wrong.text()).toContain('npm start -- --demo');
  });
});
