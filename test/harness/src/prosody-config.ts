import type { ArchiveOptions, ComponentAccount } from './server.js';

export interface ProsodyConfig {
  readonly dir: string;
  readonly logFile: string;
  readonly c2sPort: number;
  readonly httpPort: number;
  /** All components share one listener. */
  readonly componentPort: number;
  readonly components: readonly ComponentAccount[];
  readonly muc: boolean;
  readonly mam: ArchiveOptions;
  /** Modules to add. */
  readonly modules: readonly string[];
  /** Lua text for the end of the global section. */
  readonly config: string;
}

const MODULES = [
  'roster',
  'saslauth',
  'disco',
  'vcard_legacy',
  'vcard4',
  'pep',
  'carbons',
  'blocklist',
  'private',
  'ping',
  'smacks',
  'csi_simple',
  'http',
  'websocket',
  'posix',
  // Needed by `prosodyctl shell`, which removes accounts.
  'admin_shell',
  'admin_socket',
];

/** A Lua string literal: every character that is not plain is written by its bytes' numbers. */
export function luaString(text: string): string {
  let literal = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    literal += /[\w ./:@-]/.test(character) ? character : `\\${String(byte).padStart(3, '0')}`;
  }
  return `"${literal}"`;
}

const luaList = (texts: readonly string[]) => `{ ${texts.map(luaString).join(', ')} }`;

const ARCHIVE_POLICY = { always: 'true', never: 'false', roster: '"roster"' } as const;

/** The text of prosody.cfg.lua for a private instance. */
export function prosodyLua(options: ProsodyConfig): string {
  const modules = [...MODULES, ...(options.mam === false ? [] : ['mam']), ...options.modules];
  const lines = [
    `modules_enabled = ${luaList(modules)}`,
    // Nothing leaves the machine, nothing is encrypted.
    `modules_disabled = ${luaList(['s2s', 's2s_auth_certs', 'tls'])}`,
    'run_as_root = true',
    `data_path = ${luaString(`${options.dir}/data`)}`,
    `pidfile = ${luaString(`${options.dir}/prosody.pid`)}`,
    `admin_socket = ${luaString(`${options.dir}/admin.sock`)}`,
    `log = { { to = "file", levels = { min = "info" }, filename = ${luaString(options.logFile)} } }`,
    'authentication = "internal_hashed"',
    'storage = "internal"',
    `interfaces = ${luaList(['127.0.0.1'])}`,
    `local_interfaces = ${luaList(['127.0.0.1'])}`,
    `c2s_ports = { ${options.c2sPort} }`,
    'c2s_direct_tls_ports = {}',
    'c2s_require_encryption = false',
    'c2s_stanza_size_limit = 1048576',
    `http_ports = { ${options.httpPort} }`,
    'https_ports = {}',
    'http_default_host = "localhost"',
    'consider_websocket_secure = true',
    `component_ports = { ${options.components.length > 0 ? options.componentPort : ''} }`,
    'component_stanza_size_limit = 1048576',
    options.mam === false ? '' : `default_archive_policy = ${ARCHIVE_POLICY[options.mam.default]}`,
    'archive_expires_after = "never"',
    options.config,
    'VirtualHost "localhost"',
    ...(options.muc
      ? [
          'Component "conference.localhost" "muc"',
          '  restrict_room_creation = false',
          '  muc_room_locking = false',
        ]
      : []),
    ...options.components.flatMap(({ domain, secret }) => [
      `Component ${luaString(domain)}`,
      `  component_secret = ${luaString(secret)}`,
    ]),
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
