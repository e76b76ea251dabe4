import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../test/fake-component-server.js';
import { worldWith } from '../test/world.js';
import { run } from './program.js';
import { VERSION } from './version.js';

let server: FakeServer;
let environment: Record<string, string>;

beforeEach(async () => {
  server = await startFakeServer('the-secret');
  environment = {
    XMPP_GROUPS_COMPONENT_PORT: String(server.port),
    XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
    XMPP_GROUPS_COMPONENT_SECRET: 'the-secret',
    XMPP_GROUPS_FANOUT_WAY: 'splice',
  };
});
afterEach(() => server.close());

describe('run', () => {
  it.each([
    { args: ['--version'], code: 0 },
    { args: ['--help'], code: 0 },
    { args: ['serve', '--help'], code: 0 },
    { args: ['extauth', '--help'], code: 0 },
    { args: ['account', 'add', '--help'], code: 0 },
    { args: ['extauth', 'superfluous'], code: 2 },
    { args: ['account'], code: 2 },
    { args: [], code: 2 },
    { args: ['chek'], code: 2 },
    { args: ['check', '--port', '1'], code: 2 },
    { args: ['check', 'superfluous'], code: 2 },
    { args: ['check', '--config', '/nowhere/at/all.yaml'], code: 1 },
    { args: ['serve', '--config', '/nowhere/at/all.yaml'], code: 1 },
  ])('ends $args with $code', async ({ args, code }) => {
    expect(await run(args, worldWith({}))).toBe(code);
  });

  it('tells its version', async () => {
    const world = worldWith({});
    await run(['--version'], world);
    expect(world.output).toEqual([VERSION]);
  });
});

describe('check', () => {
  it('says in one line each what it found', async () => {
    const world = worldWith(environment);
    expect(await run(['check'], world)).toBe(0);
    expect(world.output).toEqual([
      'ok: the configuration',
      `ok: component: the server at 127.0.0.1:${server.port} accepts groups.example.com`,
      expect.stringMatching(/^ok: fan-out: copies go one by one/),
      expect.stringMatching(/^ok: archive hints: on/),
    ]);
    expect(world.errors).toEqual([]);
  });

  it('ends with 1 when the server refuses, and never shows the secret', async () => {
    const world = worldWith({ ...environment, XMPP_GROUPS_COMPONENT_SECRET: 'another-secret' });
    expect(await run(['check'], world)).toBe(1);
    expect(world.output).toEqual([
      'ok: the configuration',
      expect.stringMatching(
        /^problem: component: the server refused the secret of groups\.example\.com; make/,
      ),
    ]);
    expect(world.output.join()).not.toContain('another-secret');
  });

  it('ends with 1 when multicast is asked for and there is none', async () => {
    const accepted = server.accepts();
    const world = worldWith({
      ...environment,
      XMPP_GROUPS_FANOUT_WAY: 'multicast',
      XMPP_GROUPS_FANOUT_MULTICASTSERVICE: 'multicast.example.com',
    });
    const ended = run(['check'], world);
    const peer = await accepted;
    const [, id] = await peer.receives(/<iq [^>]*to='multicast\.example\.com' id='([^']+)'/);
    peer.socket.write(
      `<iq type='error' from='multicast.example.com' to='groups.example.com' id='${id}'><error type='cancel'/></iq>`,
    );
    expect(await ended).toBe(1);
    expect(world.output).toContainEqual(expect.stringMatching(/^problem: fan-out: .*; give the server one/));
  });

  it('writes all problems of the configuration', async () => {
    const world = worldWith({ XMPP_GROUPS_COMPONENT_PORT: '70000' });
    expect(await run(['check'], world)).toBe(1);
    expect(world.output).toEqual([]);
    expect(world.errors).toEqual([
      expect.stringMatching(/^component\.port \(XMPP_GROUPS_COMPONENT_PORT\): 70000 is not a port/),
      expect.stringMatching(/^component\.domain: is missing/),
      expect.stringMatching(/^component\.secret: is missing/),
    ]);
  });
});
