import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { closestMatch } from 'leven';
import type { z } from 'zod';
import { type FromEnvironment, readEnvironment } from './environment.js';
import { readYaml } from './file.js';
import { SECTIONS, SETTINGS, schema } from './settings.js';

type Settings = z.output<typeof schema>;

/** The configuration, complete and checked. `component.secret` is the secret itself, wherever it was kept. */
export interface Config extends Omit<Settings, 'component'> {
  readonly component: Omit<Settings['component'], 'secret' | 'secretFile'> & { readonly secret: string };
}

/** What a command needs that works on the database alone. */
export type StorageConfig = Pick<Config, 'storage' | 'archive' | 'groups'> & {
  readonly component: Pick<Config['component'], 'domain'>;
};

/** What the commands need besides that have to do with accounts. */
export type AccountsConfig = StorageConfig & Pick<Config, 'extauth' | 'log'>;

type Raw = Record<string, unknown>;

const isMap = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All sections: the file's, and what the environment says laid over them. */
function overlay(sections: Raw, { values }: FromEnvironment): Raw {
  const merged: Raw = { ...Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, {}])), ...sections };
  for (const { setting, value } of values) {
    const section = merged[setting.section];
    const rest: Raw = isMap(section) ? { ...section } : {};
    // A secret from the environment wins over one from the file, however either is given.
    if (setting.name === 'secret' || setting.name === 'secretFile') {
      const other = setting.name === 'secret' ? 'secretFile' : 'secret';
      if (!values.some((entry) => entry.setting.key === `component.${other}`)) delete rest[other];
    }
    merged[setting.section] = { ...rest, [setting.name]: value };
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

/** The secret that the settings give or point to. */
function readSecret(component: unknown): Result<string, string> {
  const { secret, secretFile }: Raw = isMap(component) ? component : {};
  if (secret !== undefined && secretFile !== undefined) {
    return err('component.secret: component.secretFile is there too; remove one of them');
  }
  if (secret === undefined && secretFile === undefined) {
    return err(
      "component.secret: is missing; give the secret that the server's configuration has for the component",
    );
  }
  // Values of other types are reported by the schema.
  if (typeof secretFile !== 'string') return ok(typeof secret === 'string' ? secret : '');
  try {
    const text = readFileSync(secretFile, 'utf8').replace(/\r?\n$/, '');
    return text === ''
      ? err(`component.secretFile: ${secretFile} is empty; write the secret into it`)
      : ok(text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return err(
      `component.secretFile: ${secretFile} cannot be read (${reason}); give the path of a file that this user may read`,
    );
  }
}

interface Read {
  /** All sections, as they were given. */
  readonly raw: Raw;
  readonly settings: z.ZodSafeParseResult<Settings>;
  /** What is wrong with them, but for the secret. */
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
  const settings = schema.safeParse(raw);
  return ok({
    raw,
    settings,
    problems: [...(settings.success ? [] : sentences(settings.error, overrides)), ...overrides.problems],
  });
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
  const { raw, settings, problems } = read.value;
  const secret = readSecret(raw.component);
  if (settings.success && secret.ok && problems.length === 0) {
    const { host, port, domain } = settings.data.component;
    return ok({ ...settings.data, component: { host, port, domain, secret: secret.value } });
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
  return settings.success && problems.length === 0 ? ok(settings.data) : err(problems);
}
