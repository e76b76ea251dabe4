import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pick } from '@xmpp-groups/core/codec';
import { discoInfo } from '@xmpp-groups/core/xep';
import { elementsOf, NS } from '@xmpp-groups/core/xml';
import {
  compileErlang,
  compileShim,
  connect,
  type Ejabberd,
  findEjabberd,
  freePort,
  SHIM,
  shimModules,
  startComponent,
  startEjabberd,
} from '@xmpp-groups/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Runs a program; resolves with its exit code and all that it printed. */
function run(program: string, args: readonly string[]): Promise<{ code: unknown; text: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, FRAMES: join(SHIM, 'test', 'frames.json') };
    execFile(program, args, { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, text: out + err }),
    );
  });
}

/** Prints where the compiled modules `names` are, one below the other. */
const wherePrinted = (names: readonly string[]): string =>
  `[io:format("~s~n", [code:where_is_file(atom_to_list(Name) ++ ".beam")]) || Name <- [${names.join(', ')}]], halt().`;

/** What the module calls, as far as it is not a part of Erlang that has no file. */
const CALLED = [
  ...['erlang', 'gen_server', 'lists', 'maps', 'binary', 're', 'string', 'supervisor', 'timer'],
  ...['gen_tcp', 'inet', 'file', 'logger', 'os', 'crypto', 'gb_sets', 'proplists'],
  ...['xmpp', 'jid', 'fxml', 'fxml_stream', 'ejabberd_router', 'gen_mod', 'econf'],
  ...['acl', 'ejabberd_hooks', 'ejabberd_option', 'ejabberd_c2s', 'ejabberd_sm'],
  ...['ejabberd_auth', 'ejabberd_mnesia', 'mnesia', 'gen_iq_handler', 'mod_caps', 'mod_disco', 'base64'],
];

/** The modules with EUnit tests. */
const TESTS = readdirSync(join(SHIM, 'test'))
  .filter((file) => file.endsWith('.erl'))
  .map((file) => basename(file, '.erl'));

const DOMAIN = 'groups.localhost';
const SECRET = 'a secret';

/** The module for lists of addresses came with it: the server announces what it does. */
async function takesLists(server: Ejabberd): Promise<void> {
  await server.register('romeo', 'pw');
  const client = await connect({ server, user: 'romeo', password: 'pw' });
  const question = discoInfo.build({ identities: [], features: [], forms: [] });
  const info = pick(discoInfo, elementsOf(await client.iq('localhost', 'get', question)));
  expect(info?.ok && info.value.features.map((feature) => feature.var)).toContain(NS.addresses);
  await client.stop();
}

async function letsADaemonIn(listen: string): Promise<void> {
  const port = Number(listen.split(':')[1]);
  const component = await startComponent({ via: 'ejabberd', port, domain: DOMAIN, secret: SECRET });
  await component.stop();
}

describe('the module inside ejabberd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-erlang-'));
  beforeAll(async () => {
    await compileShim(folder);
    await compileErlang(folder, ...TESTS.map((name) => join(SHIM, 'test', `${name}.erl`)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('passes its tests', async () => {
    // Addresses are read by a library in C, which is loaded when its application is started.
    const started = '{ok, _} = application:ensure_all_started(xmpp)';
    const program = `${started}, case eunit:test([${TESTS.join(', ')}], [verbose]) of ok -> halt(0); _ -> halt(1) end.`;
    const { code, text } = await run('erl', ['-noshell', '-pa', folder, '-eval', program]);
    expect(text).toMatch(/All \d+ tests passed/);
    expect(code).toBe(0);
  });

  it('means the types that it says (dialyzer)', async () => {
    const found = await run('erl', ['-noshell', '-pa', findEjabberd(), '-eval', wherePrinted(CALLED)]);
    const files = found.text.trim().split('\n');
    expect(files.filter((file) => !file.endsWith('.beam'))).toEqual([]);
    const table = join(folder, 'plt');
    await run('dialyzer', ['--quiet', '--build_plt', '--output_plt', table, '-c', ...files]);
    const options = ['--quiet', '--plt', table, '-Wunmatched_returns', '-Werror_handling'];
    const { code, text } = await run('dialyzer', [
      ...options,
      ...shimModules().map((name) => join(folder, `${name}.beam`)),
    ]);
    expect(text).toBe('');
    expect(code).toBe(0);
  }, 300_000);

  it('is compiled by hand and put beside the modules of ejabberd', async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    const server = await startEjabberd({
      shim: { domain: DOMAIN, secret: SECRET, listen },
      modules: { mod_xmpp_groups_multicast: {} },
    });
    try {
      await letsADaemonIn(listen);
      await takesLists(server);
    } finally {
      await server.stop();
    }
  });

  it('is compiled and loaded by ejabberd itself (module_install), without a restart', async () => {
    const dir = join(folder, 'server');
    cpSync(SHIM, join(dir, '.ejabberd-modules', 'sources', 'mod_xmpp_groups'), { recursive: true });
    const server = await startEjabberd({ dir });
    try {
      expect(await server.api('module_check', { module: 'mod_xmpp_groups' })).toBe(0);
      expect(await server.api('module_install', { module: 'mod_xmpp_groups' })).toBe(0);
      const listen = `127.0.0.1:${await freePort()}`;
      const file = join(dir, 'ejabberd.yml');
      const options = [`host: ${DOMAIN}`, `listen: ${listen}`, `secret: ${SECRET}`];
      const lines = [
        'modules:',
        '  mod_xmpp_groups_multicast: {}',
        '  mod_xmpp_groups:',
        ...options.map((option) => `    ${option}`),
        '',
      ];
      writeFileSync(file, readFileSync(file, 'utf8').replace('modules:\n', lines.join('\n')));
      await server.api('reload_config');
      await letsADaemonIn(listen);
      await takesLists(server);
    } finally {
      await server.stop();
    }
  });
});
