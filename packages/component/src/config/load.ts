import type { BareJid } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { closestMatch } from 'leven';
import type { z } from 'zod';
import { type FromEnvironment, readEnvironment } from './environment.js';
import { isMap, type Raw, readYaml } from './file.js';
import { readServer, type ServerConfig, type ServerRead, type ServerSection } from './server.js';
import { SCHEMAS, SECTIONS, SETTINGS } from './settings.js';

type Settings = z.output<(typeof SCHEMAS)['component']>;

/** The configuration, complete and checked. */
export interface Config extends Omit<Settings, 'component'> {
  /** The domain of the groups. */
  readonly domain: BareJid;
  readonly server: ServerConfig;
}

/** What a command needs that works on the database alone. */
export type StorageConfig = Pick<Config, 'domain' | 'storage' | 'archive' | 'groups'>;

/** What the commands need besides that have to do with accounts. */
export type AccountsConfig = StorageConfig & Pick<Config, 'extauth' | 'log'>;

/** All sections: the file's, and what the environment says laid over them. */
function overlay(sections: Raw, { values }: FromEnvironment): Raw {
  const merged: Raw = { ...Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, {}])), ...sections };
  for (const { setting, value } of values) {
    const { section: of, name } = setting;
    const section = merged[of];
    const rest: Raw = isMap(section) ? { ...section } : {};
    // A secret from the environment wins over one from the file, however either is given.
    if (name === 'secret' || name === 'secretFile') {
      const other = name === 'secret' ? 'secretFile' : 'secret';
      if (!values.some((entry) => entry.setting.key === `${of}.${other}`)) delete rest[other];
    }
    merged[of] = { ...rest, [name]: value };
  }
  return merged;
}

/** `component.prot: is not a known key; did you mean component.port?` */
function unknownKey(path: readonly PropertyKey[], key: string): string {
  const full = [...path, key].join('.');
  const known = path.length === 0 ? Object.keys(SECTIONS) : SETTINGS.map((setting) => setting.key);
  const here = path.length === 0 ? known : known.filter((name) => name.startsWith(`${path.join('.')}.`));
  const close = closestMatch(full, here, { maxDistance: 4 });
  return `${full}: is not a known key; ${close === undefined ? `known here are ${here.join(', ')}` : `did you mean ${close}?`}`;
}

function sentences(error: z.ZodError, { values }: FromEnvironment): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key));
    const key = issue.path.join('.');
    if (issue.path.length < 2) return [`${key}: is not a section; write its keys below it, indented`];
    const variable = values.find((entry) => entry.setting.key === key)?.variable;
    return [`${key}${variable === undefined ? '' : ` (${variable})`}: ${issue.message}`];
  });
}

interface Read {
  /** The configuration but for the secret; `undefined` when it has problems. */
  readonly settings: Omit<Config, 'server'> | undefined;
  readonly server: ServerRead;
  /** What is wrong, but for the secret. */
  readonly problems: readonly string[];
}

function readSettings(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Result<Read, readonly string[]> {
  const sections = file === undefined ? ok({}) : readYaml(file);
  if (!sections.ok) return sections;
  const overrides = readEnvironment(environment);
  const raw = overlay(sections.value, overrides);
  const server = readServer(raw);
  const parsed = parseSections(server.section, raw);
  return ok({
    server,
    settings: parsed.ok ? parsed.value : undefined,
    problems: [
      ...(parsed.ok ? [] : sentences(parsed.error, overrides)),
      ...server.problems,
      ...overrides.problems,
    ],
  });
}

/** Reads all sections but the one about the other way to reach a server. */
function parseSections(
  section: ServerSection,
  { component, ejabberd, ...rest }: Raw,
): Result<Omit<Config, 'server'>, z.ZodError> {
  if (section === 'component') {
    const read = SCHEMAS.component.safeParse({ component, ...rest });
    if (!read.success) return err(read.error);
    const { component: used, ...common } = read.data;
    return ok({ ...common, domain: used.domain });
  }
  const read = SCHEMAS.ejabberd.safeParse({ ejabberd, ...rest });
  if (!read.success) return err(read.error);
  const { ejabberd: used, ...common } = read.data;
  return ok({ ...common, domain: used.domain });
}

/**
 * The configuration from a YAML file, if one is given, and the environment, which wins. Paths in it are
 * relative to the working directory.
 * @returns the configuration, or all problems at once, each one sentence that names the key and the mend
 */
export function loadConfig(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Result<Config, readonly string[]> {
  const read = readSettings(file, environment);
  if (!read.ok) return read;
  const { settings, server, problems } = read.value;
  const secret = server.readSecret();
  if (settings !== undefined && secret.ok && problems.length === 0) {
    return ok({ ...settings, server: server.with(secret.value) });
  }
  return err(secret.ok ? problems : [...problems, secret.error]);
}

/**
 * The same for who has nothing to do with the server: a secret need not be there, and no file of one is read.
 */
export function loadStorageConfig(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Result<AccountsConfig, readonly string[]> {
  const read = readSettings(file, environment);
  if (!read.ok) return read;
  const { settings, problems } = read.value;
  return settings !== undefined && problems.length === 0 ? ok(settings) : err(problems);
}
