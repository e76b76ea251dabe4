import { bareJid, domain, integer, oneOf, textUpTo, type ValueCodec } from '../../codec/index.js';
import { err, ok, type Result } from '../../result.js';
import { type Form, type FormField, formField, formOf } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';
import type { Pace, Properties } from '../model/group.js';
import { LONGEST_SLOW_MODE } from '../model/pace.js';

/** What the form is about: the properties of a group, and how fast its members may write. */
export interface Settings {
  readonly properties: Properties;
  readonly pace: Pace;
}

/** What the fields are called: those of the protocol, and two of ours (docs/decisions/0013-pace.md). */
export type SettingName = keyof Properties | 'slow-mode' | 'slow-mode-for-newcomers';

/** Whether a field is about the pace. */
export const isPace = (name: SettingName): boolean => name.startsWith('slow-mode');

/** A field of the form: how it is shown, and how what was filled in is read. */
interface SettingField<S> {
  readonly name: SettingName;
  readonly shown: Partial<FormField>;
  values(settings: S): readonly string[];
  /** The settings with these values; the reason when they make no sense. */
  read(values: readonly string[], before: S): Result<S, string>;
}

const option = (label: string, value: string) => ({ label, value });

const single = <T, S>(
  values: readonly string[],
  codec: ValueCodec<T>,
  put: (value: T) => S,
): Result<S, string> => {
  if (values.length > 1) return err('more than one value');
  const read = codec.parse(values[0] ?? '');
  return read.ok ? ok(put(read.value)) : read;
};

/** Most entries of a list of contacts or domains. */
const LONGEST_LIST = 100;

function listed<T extends string>(values: readonly string[], codec: ValueCodec<T>): Result<T[], string> {
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  if (given.length > LONGEST_LIST) return err(`more than ${LONGEST_LIST} values`);
  const found = new Set<T>();
  for (const value of given) {
    const read = codec.parse(value);
    if (!read.ok) return read;
    found.add(read.value);
  }
  return ok([...found].sort());
}

/** An empty list has one empty value, as clients of the reference server know it. */
const orEmpty = (values: readonly string[]): readonly string[] => (values.length === 0 ? [''] : values);

const PROPERTY_FIELDS: readonly SettingField<Properties>[] = [
  {
    name: 'name',
    shown: { type: 'text-single', label: 'Name' },
    values: ({ name }) => [name],
    read: (values, before) => {
      const named = single(values, textUpTo(256), (name) => ({ ...before, name: name.trim() }));
      return named.ok && named.value.name === '' ? err('empty') : named;
    },
  },
  {
    name: 'description',
    shown: { type: 'text-multi', label: 'Description' },
    values: ({ description }) => description.split('\n'),
    read: (values, before) => {
      const description = textUpTo(4096).parse(values.join('\n'));
      return description.ok ? ok({ ...before, description: description.value }) : description;
    },
  },
  {
    name: 'index',
    shown: {
      type: 'list-single',
      label: 'Index',
      options: [option('None', 'none'), option('Local', 'local'), option('Global', 'global')],
    },
    values: ({ index }) => [index],
    read: (values, before) =>
      single(values, oneOf('none', 'local', 'global'), (index) => ({ ...before, index })),
  },
  {
    name: 'membership',
    shown: {
      type: 'list-single',
      label: 'Membership',
      options: [option('Member-only', 'member-only'), option('Open', 'open')],
    },
    values: ({ membership }) => [membership],
    read: (values, before) =>
      single(values, oneOf('open', 'member-only'), (membership) => ({ ...before, membership })),
  },
  {
    name: 'contacts',
    shown: { type: 'jid-multi', label: 'Contacts' },
    values: ({ contacts }) => orEmpty(contacts),
    read: (values, before) => {
      const contacts = listed(values, bareJid);
      return contacts.ok ? ok({ ...before, contacts: contacts.value }) : contacts;
    },
  },
  {
    name: 'domains',
    shown: { type: 'jid-multi', label: 'Domains' },
    values: ({ domains }) => orEmpty(domains),
    read: (values, before) => {
      const domains = listed(values, domain);
      return domains.ok ? ok({ ...before, domains: domains.value }) : domains;
    },
  },
];

/** A field for a number of seconds; left empty, it is none. */
const secondsField = (name: SettingName, label: string, key: keyof Pace): SettingField<Pace> => ({
  name,
  shown: { type: 'text-single', label },
  values: (pace) => [String(pace[key])],
  read: (values, before) =>
    single(
      values.map((value) => value.trim() || '0'),
      integer(0, LONGEST_SLOW_MODE),
      (seconds) => ({ ...before, [key]: seconds }),
    ),
});

const PACE_FIELDS: readonly SettingField<Pace>[] = [
  secondsField('slow-mode', 'Slow mode: seconds between two messages of a member; 0: off', 'slowMode'),
  secondsField(
    'slow-mode-for-newcomers',
    'The same for newcomers, during their first day',
    'slowModeForNewcomers',
  ),
];

/** A field of a part of the settings as one of the whole. */
const within = <K extends keyof Settings>(
  part: K,
  { name, shown, values, read }: SettingField<Settings[K]>,
): SettingField<Settings> => ({
  name,
  shown,
  values: (settings) => values(settings[part]),
  read: (given, before) => {
    const after = read(given, before[part]);
    return after.ok ? ok({ ...before, [part]: after.value }) : after;
  },
});

const FIELDS: readonly SettingField<Settings>[] = [
  ...PROPERTY_FIELDS.map((field) => within('properties', field)),
  ...PACE_FIELDS.map((field) => within('pace', field)),
];

/** The settings of a group as a form to fill in, or as the result of a change (reference 11.1). */
export function propertiesForm(settings: Settings, type: 'form' | 'result'): Form {
  const fields = FIELDS.map(({ name, shown, values }) =>
    formField({ var: name, ...shown, values: values(settings) }),
  );
  const form = formOf(type, NS.groups, fields, 'Group change');
  return { ...form, instructions: ['Fill out this form to change the group properties'] };
}

/** What somebody wants to be changed. */
export interface SettingsChange extends Settings {
  /** The names of the fields that are others than before. */
  readonly changed: readonly SettingName[];
}

/**
 * Reads the form as it was filled in. A field that is left out stays as it is; one that is not known, or whose
 * value makes no sense, is the reason of the failure (reference 15, row 48).
 */
export function readProperties(form: Form, { properties, pace }: Settings): Result<SettingsChange, string> {
  const before: Settings = { properties, pace };
  let after = before;
  for (const { var: name, values } of form.fields) {
    if (name === undefined) continue;
    if (name === 'FORM_TYPE') {
      if (values.some((value) => value !== NS.groups)) return err(`FORM_TYPE: not ${NS.groups}`);
      continue;
    }
    const field = FIELDS.find((candidate) => candidate.name === name);
    if (field === undefined) return err(`${name}: there is no such property`);
    const read = field.read(values, after);
    if (!read.ok) return err(`${name}: ${read.error}`);
    after = read.value;
  }
  const change = differing(before, after);
  const uncut = withoutCuts(before, change);
  return ok(uncut === undefined ? change : differing(before, uncut));
}

const differing = (before: Settings, after: Settings): SettingsChange => ({
  ...after,
  changed: FIELDS.filter(({ values }) => values(before).join('\n') !== values(after).join('\n')).map(
    ({ name }) => name,
  ),
});

/**
 * xabber-web shows one value of a list only, and sends it back with every other change (reference 11.1): where
 * that is all that is left of a list, and something else was changed, the list stays.
 */
function withoutCuts(
  { properties: before }: Settings,
  { properties, pace, changed }: SettingsChange,
): Settings | undefined {
  const isCut = (list: 'contacts' | 'domains'): boolean =>
    properties[list].length === 1 && before[list].length > 1 && properties[list][0] === before[list][0];
  const cut = (['contacts', 'domains'] as const).filter(isCut);
  if (cut.length === 0 || cut.length === changed.length) return undefined;
  return {
    properties: {
      ...properties,
      contacts: cut.includes('contacts') ? before.contacts : properties.contacts,
      domains: cut.includes('domains') ? before.domains : properties.domains,
    },
    pace,
  };
}
