import { stringify } from 'yaml';
import type { ArchiveOptions, ComponentAccount } from './server.js';

/** A part of ejabberd.yml. */
type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };
type YamlMap = { readonly [key: string]: Yaml };

export interface EjabberdConfig {
  readonly c2sPort: number;
  readonly httpPort: number;
  readonly components: readonly (ComponentAccount & { readonly port: number })[];
  readonly muc: boolean;
  readonly mam: ArchiveOptions;
  /**
   * `multicast.localhost` (mod_multicast, XEP-0033) with its own limit of 20 addresses for components or a
   * raised one; `false`: without it.
   */
  readonly multicast: false | { readonly limit?: number };
  /** The folder for files that clients upload (XEP-0363), for web pages from anywhere; `undefined`: no such service. */
  readonly uploads?: string | undefined;
  /** Modules to add, or options to replace those given here. */
  readonly modules: Readonly<Record<string, YamlMap>>;
  /** Top-level keys to add or replace. */
  readonly config: YamlMap;
}

const LOOPBACK = '127.0.0.1';

const BASE = {
  hosts: ['localhost'],
  loglevel: 'info',
  log_rotate_count: 0,
  language: 'en',
  certfiles: [],
  // Nothing leaves the machine: stanzas to other servers bounce.
  s2s_use_starttls: false,
  s2s_access: 'none',
  default_db: 'mnesia',
  auth_method: ['mnesia'],
  auth_password_format: 'plain',
  disable_sasl_mechanisms: ['X-OAUTH2'],
  registration_timeout: 'infinity',
  acl: { local: { user_regexp: '' }, loopback: { ip: ['127.0.0.0/8'] } },
  access_rules: { c2s: { allow: 'all' }, local: { allow: 'local' }, register: { allow: 'all' } },
  shaper: {},
  shaper_rules: { max_user_sessions: 100, max_user_offline_messages: 5000 },
  api_permissions: {
    test: { from: ['mod_http_api'], who: { access: { allow: { acl: 'loopback' } } }, what: '*' },
  },
} satisfies YamlMap;

const MODULES = {
  mod_adhoc: {},
  mod_admin_extra: {},
  mod_blocking: {},
  mod_bosh: {},
  mod_caps: {},
  mod_carboncopy: {},
  mod_client_state: {},
  mod_disco: {},
  mod_http_api: {},
  mod_last: {},
  mod_offline: { access_max_user_messages: 'max_user_offline_messages' },
  mod_ping: {},
  mod_privacy: {},
  mod_private: {},
  mod_pubsub: { plugins: ['flat', 'pep'] },
  mod_register: { ip_access: 'loopback', access: 'register' },
  mod_roster: { versioning: true },
  mod_stream_mgmt: {},
  mod_vcard: {},
} satisfies YamlMap;

/** Without the brakes that a public MUC service has, so that it can be compared by speed. */
const MUC = {
  mod_muc: {
    max_users: 5000,
    max_user_conferences: 1000,
    min_message_interval: 0,
    min_presence_interval: 0,
    max_users_presence: 5000,
    default_room_options: { persistent: false, max_users: 5000, mam: false },
  },
  mod_muc_admin: {},
} satisfies YamlMap;

function multicastModule(multicast: EjabberdConfig['multicast']): YamlMap {
  if (multicast === false) return {};
  const { limit } = multicast;
  if (limit === undefined) return { mod_multicast: {} };
  // A component counts as remote (mod_multicast).
  return { mod_multicast: { limits: { remote: { message: limit, presence: limit } } } };
}

const UPLOADS = '/upload';

/** Without its dialogue with the browser (CORS) no page of another origin could upload. */
const uploadModule = ({ uploads, httpPort }: EjabberdConfig): YamlMap =>
  uploads === undefined
    ? {}
    : {
        mod_http_upload: {
          docroot: uploads,
          put_url: `http://${LOOPBACK}:${httpPort}${UPLOADS}`,
          custom_headers: {
            'Access-Control-Allow-Origin': '*',
            'Access-Control-Allow-Methods': 'OPTIONS, HEAD, GET, PUT',
            'Access-Control-Allow-Headers': 'Content-Type',
          },
        },
      };

function archiveModule(mam: ArchiveOptions): YamlMap {
  return mam === false
    ? {}
    : { mod_mam: { db_type: 'mnesia', default: mam.default, assume_mam_usage: true } };
}

function listeners(options: EjabberdConfig): Yaml[] {
  return [
    {
      port: options.c2sPort,
      ip: LOOPBACK,
      module: 'ejabberd_c2s',
      max_stanza_size: 1_048_576,
      access: 'c2s',
      starttls: false,
      backlog: 1024,
    },
    {
      port: options.httpPort,
      ip: LOOPBACK,
      module: 'ejabberd_http',
      request_handlers: {
        '/ws': 'ejabberd_http_ws',
        '/bosh': 'mod_bosh',
        '/api': 'mod_http_api',
        ...(options.uploads === undefined ? {} : { [UPLOADS]: 'mod_http_upload' }),
      },
    },
    // One listener for each: a listener with several hosts gives every connection all of them.
    ...options.components.map(({ domain, secret, port }) => ({
      port,
      ip: LOOPBACK,
      module: 'ejabberd_service',
      access: 'all',
      shaper: 'none',
      max_fsm_queue: 100_000,
      hosts: { [domain]: { password: secret } },
    })),
  ];
}

/** The text of ejabberd.yml for a private instance. */
export function ejabberdYaml(options: EjabberdConfig): string {
  return stringify({
    ...BASE,
    listen: listeners(options),
    modules: {
      ...MODULES,
      ...(options.muc ? MUC : {}),
      ...archiveModule(options.mam),
      ...multicastModule(options.multicast),
      ...uploadModule(options),
      ...options.modules,
    },
    ...options.config,
  });
}
