import { z } from 'zod';
import {
  addresses,
  domain,
  listOf,
  oneOf,
  readAs,
  readDomain,
  readEndpoint,
  readListen,
  readPublicUrl,
} from './values.js';
import { secretWording, unfit, wording } from './wording.js';

/** What there is to say about a key besides its type. */
interface About {
  /** One line for the documentation. */
  readonly about: string;
  /** How the value is read from the text of an environment variable; lists are separated by commas. */
  readonly text: 'text' | 'number' | 'boolean' | 'list';
}

const abouts = z.registry<About>();

const HOST = wording('a host', 'give a name or an address, such as 127.0.0.1');
const PORT = wording('a port', 'give a number from 1 to 65535');
const SECRET = secretWording(
  'a secret',
  "give the component's secret as text, in quotes if it looks like a number",
);
const MODULE_SECRET = secretWording(
  'a secret',
  'give the secret of mod_xmpp_groups as text, in quotes if it looks like a number',
);
const SOCKET = wording('a path', 'give the path of the socket on which mod_xmpp_groups listens');
const FILE = wording('a file name', 'give the path of a file that holds nothing but the secret');
const LOG_FILE = wording('a file name', 'give the path of a file, or leave the key out');
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
const WAYS = ['auto', 'multicast', 'splice'] as const;
const FORMATS = ['json', 'pretty'] as const;
const ACCOUNTS = ['none', 'store', 'program', 'http'] as const;

const LIMIT = wording('a limit', 'give a whole number, or 0 for no limit');

/** The most of something; without one there is no limit. */
const limit = () => z.int(LIMIT).min(0, LIMIT).prefault(0);

const yesOrNo = z.boolean(wording('true or false', 'give one of them, without quotes'));

const SECONDS = wording(
  'a number of seconds',
  'give a whole number from 1 to 25, since ejabberd waits for 30',
);

/** The keys of the configuration by section: types, defaults and descriptions in one place. */
export const SECTIONS = {
  component: z.strictObject({
    host: z
      .string(HOST)
      .min(1, HOST)
      .prefault('127.0.0.1')
      .register(abouts, { text: 'text', about: 'where the XMPP server listens for components (XEP-0114)' }),
    port: z
      .int(PORT)
      .min(1, PORT)
      .max(65_535, PORT)
      .prefault(5347)
      .register(abouts, { text: 'number', about: 'the port there' }),
    domain: domain(
      'give the domain that the server gives to this component, such as groups.example.com',
    ).register(abouts, { text: 'text', about: 'the domain of the groups; group addresses are NAME@DOMAIN' }),
    secret: z
      .string(SECRET)
      .min(1, SECRET)
      .optional()
      .register(abouts, { text: 'text', about: "the component's secret; this or secretFile is needed" }),
    secretFile: z.string(FILE).min(1, FILE).optional().register(abouts, {
      text: 'text',
      about: 'a file that holds the secret; a line end after it does not count',
    }),
    maxStanzaBytes: limit().register(abouts, {
      text: 'number',
      about:
        'the longest stanza that the server takes from a component, as its configuration says; 0: not known',
    }),
  }),
  ejabberd: z.strictObject({
    socket: z.string(SOCKET).min(1, SOCKET).optional().register(abouts, {
      text: 'text',
      about: 'the socket of mod_xmpp_groups in the file system, if it has one',
    }),
    host: z
      .string(HOST)
      .min(1, HOST)
      .prefault('127.0.0.1')
      .register(abouts, { text: 'text', about: 'where mod_xmpp_groups listens otherwise' }),
    port: z
      .int(PORT)
      .min(1, PORT)
      .max(65_535, PORT)
      .prefault(5348)
      .register(abouts, { text: 'number', about: 'the port there' }),
    domain: domain('give the host of mod_xmpp_groups in ejabberd.yml, such as groups.example.com').register(
      abouts,
      { text: 'text', about: 'the domain of the groups; group addresses are NAME@DOMAIN' },
    ),
    secret: z.string(MODULE_SECRET).min(1, MODULE_SECRET).optional().register(abouts, {
      text: 'text',
      about: 'the secret of mod_xmpp_groups; this or secretFile is needed',
    }),
    secretFile: z.string(FILE).min(1, FILE).optional().register(abouts, {
      text: 'text',
      about: 'a file that holds that secret; a line end after it does not count',
    }),
  }),
  storage: z.strictObject({
    url: readAs('a storage address', 'give sqlite: and the path of a file, or memory: for trials', (text) =>
      text === 'memory:' || /^sqlite:./.test(text) ? text : undefined,
    )
      .prefault('sqlite:./data/groups.db')
      .register(abouts, {
        text: 'text',
        about: 'where groups and their archives are kept; memory: forgets them',
      }),
  }),
  http: z.strictObject({
    listen: readAs('an address to listen on', 'give host:port, such as 127.0.0.1:9464', readListen)
      .prefault('127.0.0.1:9464')
      .register(abouts, {
        text: 'text',
        about: 'where /healthz, /readyz and /metrics are served, and avatars when publicUrl is given',
      }),
    publicUrl: readAs('a web address', 'give one such as https://groups.example.com', readPublicUrl)
      .optional()
      .register(abouts, {
        text: 'text',
        about:
          'where users reach http.listen: avatars are served at its /avatars/, the only path to be made public',
      }),
  }),
  log: z.strictObject({
    level: oneOf(LEVELS)
      .prefault('info')
      .register(abouts, { text: 'text', about: `the least level that is logged: ${LEVELS.join(', ')}` }),
    format: oneOf(FORMATS)
      .prefault('json')
      .register(abouts, { text: 'text', about: 'json, one object per line, or pretty, for people' }),
  }),
  fanout: z.strictObject({
    way: oneOf(WAYS).prefault('auto').register(abouts, {
      text: 'text',
      about:
        'how copies reach many members: multicast (XEP-0033), splice (one by one), or auto, the better there is',
    }),
    multicastService: domain('give the address of the multicast service, such as multicast.example.com')
      .optional()
      .register(abouts, {
        text: 'text',
        about: "the server's multicast service, when it is not to be looked for",
      }),
  }),
  archive: z.strictObject({
    hint: yesOrNo.prefault(true).register(abouts, {
      text: 'boolean',
      about: "whether copies ask servers not to keep them in the members' own archives (XEP-0334)",
    }),
  }),
  groups: z.strictObject({
    allowCreation: addresses(
      'give the word everyone, or a list such as [example.com, admin@example.org]',
      'everyone',
    )
      .prefault('everyone')
      .register(abouts, {
        text: 'list',
        about: 'who may create groups: everyone, or a list of domains and bare JIDs',
      }),
    indexServices: addresses('give a list such as [index.example.com]').prefault([]).register(abouts, {
      text: 'list',
      about: 'the services that are told of groups with a global index, and may read their archives',
    }),
  }),
  extauth: z
    .strictObject({
      hosts: listOf('a list of domains', 'give a list such as [example.com]', readDomain)
        .prefault([])
        .register(abouts, {
          text: 'list',
          about: 'the domains of the users whom `xmpp-groups extauth` answers for; it needs one at least',
        }),
      accounts: oneOf(ACCOUNTS).prefault('none').register(abouts, {
        text: 'text',
        about: 'who knows the accounts: none (names of groups are kept free, no more), store, program, http',
      }),
      program: listOf(
        'a program with its arguments',
        'give a list such as [/usr/local/bin/check-account, --quiet]',
        (text) => (text === '' ? undefined : text),
      )
        .prefault([])
        .register(abouts, {
          text: 'list',
          about: 'with accounts: program, what is asked: the path of a program, and its arguments',
        }),
      url: readAs(
        'a web address for passwords',
        'give one such as https://example.com/accounts; http: is for this machine alone (http://127.0.0.1:8000)',
        readEndpoint,
      )
        .optional()
        .register(abouts, { text: 'text', about: 'with accounts: http, where each request is posted to' }),
      timeout: z.int(SECONDS).min(1, SECONDS).max(25, SECONDS).prefault(10).register(abouts, {
        text: 'number',
        about: 'seconds until a request that could not be answered is refused',
      }),
      logFile: z.string(LOG_FILE).min(1, LOG_FILE).optional().register(abouts, {
        text: 'text',
        about: 'a file that the log of `xmpp-groups extauth` is appended to; default: standard error',
      }),
    })
    .check(({ value: { accounts, program, url }, issues }) => {
      if (accounts === 'program' && program.length === 0) {
        const message = unfit(
          undefined,
          '',
          'give the program that knows the accounts, or another extauth.accounts',
        );
        issues.push({ code: 'custom', path: ['program'], input: program, message });
      }
      if (accounts === 'http' && url === undefined) {
        const message = unfit(undefined, '', 'give the address that is asked, or another extauth.accounts');
        issues.push({ code: 'custom', path: ['url'], input: url, message });
      }
    }),
  limits: z.strictObject({
    memberMessagesPerMinute: limit().register(abouts, {
      text: 'number',
      about: 'how many messages a member may send to a group in a minute; 0: as many as he likes',
    }),
    groupMessagesPerMinute: limit().register(abouts, {
      text: 'number',
      about: 'how many messages a group takes in a minute, of all members together; 0: as many as come',
    }),
    groupsPerDay: limit().register(abouts, {
      text: 'number',
      about: 'how many groups one user may create within 24 hours; 0: as many as he likes',
    }),
  }),
};

const { component, ejabberd, ...COMMON } = SECTIONS;

/**
 * The whole configuration, by the section that says how the server is reached; each section has to be there, if only
 * empty.
 */
export const SCHEMAS = {
  component: z.strictObject({ component, ...COMMON }),
  ejabberd: z.strictObject({ ejabberd, ...COMMON }),
} as const;

/** One key of the configuration, described. */
export interface Setting extends About {
  readonly section: string;
  readonly name: string;
  /** `section.name`, as it stands in messages. */
  readonly key: string;
  /** The environment variables that set it; the first is the one to recommend. */
  readonly variables: readonly string[];
  /** Absent where there is none. */
  readonly default?: unknown;
}

export const PREFIX = 'XMPP_GROUPS_';

function describe(section: string, name: string, type: z.ZodType): Setting {
  const about = abouts.get(type);
  if (about === undefined) throw new TypeError(`${section}.${name} is not described`);
  const joined = `${PREFIX}${section}_${name}`.toUpperCase();
  const apart = `${PREFIX}${section}_${name.replace(/[A-Z]/g, '_$&')}`.toUpperCase();
  return {
    ...about,
    section,
    name,
    key: `${section}.${name}`,
    variables: joined === apart ? [joined] : [joined, apart],
    ...(type instanceof z.ZodPrefault ? { default: type.def.defaultValue } : {}),
  };
}

/** All keys in the order of the documentation. */
export const SETTINGS: readonly Setting[] = Object.entries(SECTIONS).flatMap(([section, object]) =>
  Object.entries(object.shape).map(([name, type]) => describe(section, name, type)),
);
