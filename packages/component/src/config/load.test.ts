import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './load.js';

let folder: string;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(text: string): string {
  count += 1;
  const path = join(folder, `${count}.yaml`);
  writeFileSync(path, text);
  return path;
}

/** The problems with a file and an environment, with `FILE` for the name of the file. */
function problems(yaml: string, environment: Record<string, string> = {}): readonly string[] {
  const path = write(yaml);
  const loaded = loadConfig(path, environment);
  return loaded.ok ? [] : loaded.error.map((problem) => problem.replaceAll(path, 'FILE'));
}

const COMPONENT = 'component: { domain: groups.example.com, secret: hidden-secret }\n';

const DEFAULTS = {
  domain: 'groups.example.com',
  server: { kind: 'component', host: '127.0.0.1', port: 5347, secret: 'hidden-secret', maxStanzaBytes: 0 },
  storage: { url: 'sqlite:./data/groups.db' },
  http: { listen: { host: '127.0.0.1', port: 9464 } },
  log: { level: 'info', format: 'json' },
  fanout: { way: 'auto' },
  archive: { hint: true },
  groups: { allowCreation: 'everyone', indexServices: [] },
  extauth: { hosts: [], accounts: 'none', program: [], timeout: 10 },
  limits: { memberMessagesPerMinute: 0, groupMessagesPerMinute: 0, groupsPerDay: 0 },
};

describe('a good configuration', () => {
  it.each<{ what: string; yaml: string; env?: Record<string, string>; config: object }>([
    { what: 'the least that is needed', yaml: COMPONENT, config: DEFAULTS },
    {
      what: 'everything in the file',
      yaml: `
component: { host: "::1", port: 15347, domain: Groups.Example.COM, secret: "hidden-secret", maxStanzaBytes: 524288 }
storage: { url: "memory:" }
http: { listen: "[::1]:0" }
log: { level: debug, format: pretty }
fanout: { way: multicast, multicastService: multicast.example.com }
archive: { hint: false }
groups: { allowCreation: [example.com, Admin@Example.org], indexServices: [index.example.com] }
extauth: { hosts: [Example.COM], accounts: http, program: [/bin/x, "a, b"], url: "https://example.com/x", timeout: 5, logFile: l }
limits: { memberMessagesPerMinute: 30, groupMessagesPerMinute: 600, groupsPerDay: 5 }
`,
      config: {
        domain: 'groups.example.com',
        server: {
          kind: 'component',
          host: '::1',
          port: 15347,
          secret: 'hidden-secret',
          maxStanzaBytes: 524288,
        },
        storage: { url: 'memory:' },
        http: { listen: { host: '::1', port: 0 } },
        log: { level: 'debug', format: 'pretty' },
        fanout: { way: 'multicast', multicastService: 'multicast.example.com' },
        archive: { hint: false },
        groups: {
          allowCreation: ['example.com', 'admin@example.org'],
          indexServices: ['index.example.com'],
        },
        extauth: {
          hosts: ['example.com'],
          accounts: 'http',
          program: ['/bin/x', 'a, b'],
          url: 'https://example.com/x',
          timeout: 5,
          logFile: 'l',
        },
        limits: { memberMessagesPerMinute: 30, groupMessagesPerMinute: 600, groupsPerDay: 5 },
      },
    },
    {
      what: 'the environment over the file',
      yaml: `${COMPONENT}log: { level: debug }\narchive: { hint: true }\n`,
      env: {
        XMPP_GROUPS_COMPONENT_PORT: '5348',
        XMPP_GROUPS_COMPONENT_HOST: '',
        XMPP_GROUPS_LOG_LEVEL: 'warn',
        XMPP_GROUPS_ARCHIVE_HINT: 'false',
        XMPP_GROUPS_GROUPS_ALLOW_CREATION: 'example.com, example.org',
        XMPP_GROUPS_GROUPS_INDEX_SERVICES: 'index.example.org',
        XMPP_GROUPS_LIMITS_MEMBER_MESSAGES_PER_MINUTE: '30',
        XMPP_GROUPS_LIMITS_GROUPSPERDAY: '5',
        OTHER: 'x',
      },
      config: {
        ...DEFAULTS,
        server: { ...DEFAULTS.server, port: 5348 },
        log: { level: 'warn', format: 'json' },
        archive: { hint: false },
        groups: { allowCreation: ['example.com', 'example.org'], indexServices: ['index.example.org'] },
        limits: { memberMessagesPerMinute: 30, groupMessagesPerMinute: 0, groupsPerDay: 5 },
      },
    },
    {
      what: 'the module inside ejabberd, by its port',
      yaml: 'ejabberd: { domain: groups.example.com, secret: hidden-secret }',
      config: {
        ...DEFAULTS,
        server: {
          kind: 'ejabberd',
          address: { host: '127.0.0.1', port: 5348 },
          secret: 'hidden-secret',
        },
      },
    },
    {
      what: 'the module inside ejabberd, by its socket, also beside an empty section',
      yaml: 'component:\nejabberd: { domain: groups.example.com, socket: /run/groups.sock }',
      env: { XMPP_GROUPS_EJABBERD_SECRET: 'hidden-secret' },
      config: {
        ...DEFAULTS,
        server: { kind: 'ejabberd', address: { socket: '/run/groups.sock' }, secret: 'hidden-secret' },
      },
    },
    {
      what: 'sections with nothing in them',
      yaml: `${COMPONENT}log:\nhttp:\n  # listen: "127.0.0.1:9000"\n`,
      config: DEFAULTS,
    },
    {
      what: 'a secret from the environment instead of the file of the file',
      yaml: 'component: { domain: groups.example.com, secretFile: /nowhere }',
      env: { XMPP_GROUPS_COMPONENT_SECRET: 'hidden-secret' },
      config: DEFAULTS,
    },
  ])('reads $what', ({ yaml, env = {}, config }) => {
    expect(loadConfig(write(yaml), env)).toEqual({ ok: true, value: config });
  });

  it('needs no file when everything is in the environment', () => {
    const environment = {
      XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
      XMPP_GROUPS_COMPONENT_SECRET: 'hidden-secret',
    };
    expect(loadConfig(undefined, environment)).toEqual({ ok: true, value: DEFAULTS });
  });

  it.each(['XMPP_GROUPS_COMPONENT_SECRETFILE', 'XMPP_GROUPS_COMPONENT_SECRET_FILE'])(
    'reads the secret from the file that %s names, without the line end',
    (variable) => {
      const loaded = loadConfig(write('component: { domain: groups.example.com }'), {
        [variable]: write('hidden-secret\n'),
      });
      expect(loaded).toEqual({ ok: true, value: DEFAULTS });
    },
  );
});

describe('a bad configuration', () => {
  it.each<{ what: string; yaml: string; env?: Record<string, string>; says: string[] }>([
    {
      what: 'a port out of range',
      yaml: 'component: { domain: groups.example.com, secret: s, port: 70000 }',
      says: ['component.port: 70000 is not a port; give a number from 1 to 65535'],
    },
    {
      what: 'a port in the environment that is no number',
      yaml: COMPONENT,
      env: { XMPP_GROUPS_COMPONENT_PORT: 'xmpp' },
      says: [
        'component.port (XMPP_GROUPS_COMPONENT_PORT): "xmpp" is not a port; give a number from 1 to 65535',
      ],
    },
    {
      what: 'several problems at once',
      yaml: 'component: { port: 0, secret: 12345 }\nlog: { level: loud }\nlogs: {}\n',
      env: { XMPP_GROUPS_STORAGE_ULR: 'memory:' },
      says: [
        'component.port: 0 is not a port; give a number from 1 to 65535',
        'component.domain: is missing; give the domain that the server gives to this component, such as groups.example.com',
        "component.secret: is not a secret; give the component's secret as text, in quotes if it looks like a number",
        'log.level: "loud" is not known here; give one of trace, debug, info, warn, error',
        'logs: is not a known key; did you mean log?',
        'XMPP_GROUPS_STORAGE_ULR: no key has this variable; did you mean XMPP_GROUPS_STORAGE_URL?',
      ],
    },
    {
      what: 'an unknown key that is like another',
      yaml: `${COMPONENT}fanout: { multicastservice: multicast.example.com }`,
      says: ['fanout.multicastservice: is not a known key; did you mean fanout.multicastService?'],
    },
    {
      what: 'an unknown key that is like none',
      yaml: `${COMPONENT}archive: { retention: 5 }`,
      says: ['archive.retention: is not a known key; known here are archive.hint'],
    },
    {
      what: 'a domain with a local part',
      yaml: 'component: { domain: me@example.com, secret: s }',
      says: [
        'component.domain: "me@example.com" is not a domain; give the domain that the server gives to this component, such as groups.example.com',
      ],
    },
    {
      what: 'no secret',
      yaml: 'component: { domain: groups.example.com }',
      says: [
        "component.secret: is missing; give the secret that the server's configuration has for the component",
      ],
    },
    {
      what: 'two secrets',
      yaml: 'component: { domain: groups.example.com, secret: hidden-secret, secretFile: f }',
      says: ['component.secret: component.secretFile is there too; remove one of them'],
    },
    {
      what: 'a secret file that is not there',
      yaml: 'component: { domain: groups.example.com, secretFile: /nowhere/at/all }',
      says: [
        'component.secretFile: /nowhere/at/all cannot be read (ENOENT); give the path of a file that this user may read',
      ],
    },
    {
      what: 'two ways to the server',
      yaml: `${COMPONENT}ejabberd: { domain: groups.example.com, secret: hidden-secret }`,
      says: ['ejabberd: component is there too; remove one of the two sections'],
    },
    {
      what: 'two addresses of the module, and no secret',
      yaml: 'ejabberd: { domain: groups.example.com, socket: s, port: 5348 }',
      says: [
        'ejabberd.socket: ejabberd.port is there too; remove one of them',
        'ejabberd.secret: is missing; give the secret that mod_xmpp_groups has in ejabberd.yml',
      ],
    },
    {
      what: 'no domain for the module',
      yaml: 'ejabberd: { secretFile: /nowhere/at/all }',
      says: [
        'ejabberd.domain: is missing; give the host of mod_xmpp_groups in ejabberd.yml, such as groups.example.com',
        'ejabberd.secretFile: /nowhere/at/all cannot be read (ENOENT); give the path of a file that this user may read',
      ],
    },
    {
      what: 'storage of an unknown kind, whose password stays hidden',
      yaml: `${COMPONENT}storage: { url: "oracle://scott:hidden-secret@db/x" }`,
      says: [
        'storage.url: "oracle://...@db/x" is not a storage address; give sqlite: and the path of a file, or memory: for trials',
      ],
    },
    {
      what: 'an address to listen on without a port',
      yaml: `${COMPONENT}http: { listen: localhost }`,
      says: [
        'http.listen: "localhost" is not an address to listen on; give host:port, such as 127.0.0.1:9464',
      ],
    },
    {
      what: 'creators that are no JIDs',
      yaml: `${COMPONENT}groups: { allowCreation: [example.com, "a@b@c/d"] }`,
      says: [
        'groups.allowCreation: ["example.com","a@b@c/d"] is not a list of domains and bare JIDs; give the word everyone, or a list such as [example.com, admin@example.org]',
      ],
    },
    ...['example.com', 'ftp://example.com', 'https://example.com/?x', 'https://a:b@example.com'].map(
      (url) => ({
        what: `the public address ${url}`,
        yaml: `${COMPONENT}http: { publicUrl: "${url}" }`,
        says: [
          `http.publicUrl: "${url.replace('a:b', '...')}" is not a web address; give one such as https://groups.example.com`,
        ],
      }),
    ),
    ...['-1', '1.5', '"3"'].map((value) => ({
      what: `the limit ${value}`,
      yaml: `${COMPONENT}limits: { groupsPerDay: ${value} }`,
      says: [`limits.groupsPerDay: ${value} is not a limit; give a whole number, or 0 for no limit`],
    })),
    ...['example.com', '[a@example.com]', '[example.com, 5]'].map((value) => ({
      what: `the hosts ${value}`,
      yaml: `${COMPONENT}extauth: { hosts: ${value} }`,
      says: [
        expect.stringMatching(
          /^extauth\.hosts: .* is not a list of domains; give a list such as \[example\.com\]$/,
        ),
      ],
    })),
    ...['program', 'http'].map((accounts) => ({
      what: `accounts of ${accounts} and no more`,
      yaml: `${COMPONENT}extauth: { accounts: ${accounts} }`,
      says: [
        expect.stringMatching(
          /^extauth\.(program|url): is missing; give the (program|address) .*, or another extauth\.accounts$/,
        ),
      ],
    })),
    {
      what: 'a program that is no list',
      yaml: `${COMPONENT}extauth: { program: "check me" }`,
      says: [
        'extauth.program: "check me" is not a program with its arguments; give a list such as [/usr/local/bin/check-account, --quiet]',
      ],
    },
    ...['http://example.com/x', 'https://a:b@example.com', 'ftp://127.0.0.1', 'x'].map((url) => ({
      what: `passwords sent to ${url}`,
      yaml: `${COMPONENT}extauth: { accounts: http, url: "${url}" }`,
      says: [expect.stringMatching(/^extauth\.url: .* is not a web address for passwords; give one such as/)],
    })),
    ...['0', '26', '1.5'].map((value) => ({
      what: `a timeout of ${value}`,
      yaml: `${COMPONENT}extauth: { timeout: ${value} }`,
      says: [
        `extauth.timeout: ${value} is not a number of seconds; give a whole number from 1 to 25, since ejabberd waits for 30`,
      ],
    })),
    {
      what: 'index services that are no list',
      yaml: `${COMPONENT}groups: { indexServices: everyone }`,
      says: [
        'groups.indexServices: "everyone" is not a list of domains and bare JIDs; give a list such as [index.example.com]',
      ],
    },
    {
      what: 'a word where true or false belongs',
      yaml: `${COMPONENT}archive: { hint: "yes" }`,
      says: ['archive.hint: "yes" is not true or false; give one of them, without quotes'],
    },
    {
      what: 'a section that is a value',
      yaml: 'component: hidden-secret',
      says: [
        'component: is not a section; write its keys below it, indented',
        "component.secret: is missing; give the secret that the server's configuration has for the component",
      ],
    },
    {
      what: 'one key set by two variables',
      yaml: COMPONENT,
      env: { XMPP_GROUPS_GROUPS_ALLOWCREATION: 'everyone', XMPP_GROUPS_GROUPS_ALLOW_CREATION: 'everyone' },
      says: [
        'XMPP_GROUPS_GROUPS_ALLOWCREATION: XMPP_GROUPS_GROUPS_ALLOW_CREATION sets the same key; remove one of them',
      ],
    },
    {
      what: 'a value that begins with a reserved character',
      yaml: 'component:\n  domain: groups.example.com\n  secret: @hidden-secret\n',
      says: ['FILE:3:11: a value begins with a reserved character; put it in quotes'],
    },
    {
      what: 'an alias that is meant to be a secret',
      yaml: 'component:\n  secret: *hidden-secret\n',
      says: ['FILE:2:11: a value begins with *; put it in quotes'],
    },
    {
      what: 'a tag that is meant to be a secret',
      yaml: 'component:\n  secret: !hidden-secret\n',
      says: ['FILE:2:11: a value begins with !; put it in quotes'],
    },
    {
      what: 'an open quote',
      yaml: 'component:\n  secret: "hidden-secret\n',
      says: ['FILE:3:1: a quote, bracket, colon or comma is missing; add it'],
    },
    {
      what: 'a key that is there twice',
      yaml: 'log: {}\nlog: {}\n',
      says: ['FILE:2:1: a key is there twice; remove one of them'],
    },
    {
      what: 'a list',
      yaml: '- component',
      says: ['FILE:1:1: the file holds no sections; begin with component:'],
    },
  ])('is refused: $what', ({ yaml, env = {}, says }) => {
    const found = problems(yaml, env);
    expect(found).toEqual(says);
    expect(found.join()).not.toContain('hidden-secret');
  });

  it('is refused when the file is not there', () => {
    expect(loadConfig('/nowhere/at/all.yaml', {})).toEqual({
      ok: false,
      error: [
        '/nowhere/at/all.yaml: cannot be read (ENOENT); give --config the path of a file that this user may read',
      ],
    });
  });
});
