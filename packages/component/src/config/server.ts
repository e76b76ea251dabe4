import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { BridgeAddress } from '../bridge/address.js';
import { isMap, type Raw } from './file.js';
import { SECTIONS } from './settings.js';

/** How the server is reached. The secret is the secret itself, wherever it was kept. */
export type ServerConfig =
  | {
      readonly kind: 'component';
      readonly host: string;
      readonly port: number;
      readonly secret: string;
      readonly maxStanzaBytes: number;
    }
  | { readonly kind: 'ejabberd'; readonly address: BridgeAddress; readonly secret: string };

/** The sections that say so, of which there is one. */
export type ServerSection = ServerConfig['kind'];

/** What the sections say about the server. */
export interface ServerRead {
  readonly section: ServerSection;
  readonly problems: readonly string[];
  /** The secret that the settings give or point to. */
  readSecret(): Result<string, string>;
  /** Call it only when the section has been checked and is sound. */
  with(secret: string): ServerConfig;
}

const WHERE_SECRETS_ARE: Readonly<Record<ServerSection, string>> = {
  component: "give the secret that the server's configuration has for the component",
  ejabberd: 'give the secret that mod_xmpp_groups has in ejabberd.yml',
};

/** @param raw all sections as they were given, each there, if only empty */
export function readServer(raw: Raw): ServerRead {
  const isUsed = (section: ServerSection): boolean =>
    !isMap(raw[section]) || Object.keys(raw[section]).length > 0;
  const section = isUsed('ejabberd') && !isUsed('component') ? 'ejabberd' : 'component';
  const given = raw[section];
  const keys = isMap(given) ? given : {};
  return {
    section,
    problems: [
      ...(isUsed('ejabberd') && isUsed('component')
        ? ['ejabberd: component is there too; remove one of the two sections']
        : []),
      ...tooManyAddresses(section, keys),
    ],
    readSecret: () => readSecret(section, keys),
    with: (secret) => serverOf(section, keys, secret),
  };
}

function tooManyAddresses(section: ServerSection, keys: Raw): string[] {
  if (section === 'component' || keys.socket === undefined) return [];
  return ['host', 'port']
    .filter((key) => keys[key] !== undefined)
    .map((key) => `ejabberd.socket: ejabberd.${key} is there too; remove one of them`);
}

function serverOf(section: ServerSection, keys: Raw, secret: string): ServerConfig {
  if (section === 'component') {
    const { host, port, maxStanzaBytes } = SECTIONS.component.parse(keys);
    return { kind: 'component', host, port, secret, maxStanzaBytes };
  }
  const { socket, host, port } = SECTIONS.ejabberd.parse(keys);
  return { kind: 'ejabberd', address: socket === undefined ? { host, port } : { socket }, secret };
}

function readSecret(section: ServerSection, { secret, secretFile }: Raw): Result<string, string> {
  if (secret !== undefined && secretFile !== undefined) {
    return err(`${section}.secret: ${section}.secretFile is there too; remove one of them`);
  }
  if (secret === undefined && secretFile === undefined) {
    return err(`${section}.secret: is missing; ${WHERE_SECRETS_ARE[section]}`);
  }
  // Values of other types are reported by the schema.
  if (typeof secretFile !== 'string') return ok(typeof secret === 'string' ? secret : '');
  try {
    const text = readFileSync(secretFile, 'utf8').replace(/\r?\n$/, '');
    return text === ''
      ? err(`${section}.secretFile: ${secretFile} is empty; write the secret into it`)
      : ok(text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return err(
      `${section}.secretFile: ${secretFile} cannot be read (${reason}); give the path of a file that this user may read`,
    );
  }
}
