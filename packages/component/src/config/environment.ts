import { closestMatch } from 'leven';
import { PREFIX, SETTINGS, type Setting } from './settings.js';

/** What the environment says about the configuration. */
export interface FromEnvironment {
  readonly values: readonly {
    readonly setting: Setting;
    readonly variable: string;
    readonly value: unknown;
  }[];
  readonly problems: readonly string[];
}

/** The text of a variable as the value that the same text would be in the file. */
function fromText(text: string, kind: Setting['text']): unknown {
  if (kind === 'number') return /^\d+$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (kind === 'list' && text !== 'everyone') return text.split(',').map((entry) => entry.trim());
  return text;
}

/**
 * Reads the variables that begin with `XMPP_GROUPS_`. An empty variable counts as not set, because container
 * tools cannot leave one out.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): FromEnvironment {
  const names = Object.keys(environment).filter(
    (name) => name.startsWith(PREFIX) && environment[name] !== '',
  );
  const known = SETTINGS.flatMap((setting) => setting.variables);
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const close = closestMatch(name, known, { maxDistance: 4 });
      return `${name}: no key has this variable; ${close === undefined ? 'remove it' : `did you mean ${close}?`}`;
    });
  const values = SETTINGS.flatMap((setting) => {
    const [variable, other] = setting.variables.filter((name) => names.includes(name));
    if (variable === undefined) return [];
    if (other !== undefined) problems.push(`${variable}: ${other} sets the same key; remove one of them`);
    return [{ setting, variable, value: fromText(environment[variable] ?? '', setting.text) }];
  });
  return { values, problems };
}
