import type { Declaration } from '@xmpp-groups/core/codec';
import { pick } from '@xmpp-groups/core/codec';
import type { BareJid } from '@xmpp-groups/core/jid';
import { propertiesQuery, statusQuery } from '@xmpp-groups/core/xabber';
import { type Form, type FormField, firstValueOf, formField, formOf, valuesOf } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';
import { type Attempt, unreadable } from '../errors.js';
import type { Wire } from '../wire.js';

/** What can be changed of a group (reference 11.1). */
export interface GroupSettings {
  readonly name: string;
  readonly description: string;
  /** `none`, `local` or `global`. */
  readonly index: string;
  /** `open` or `member-only`. */
  readonly membership: string;
  readonly contacts: readonly string[];
  readonly domains: readonly string[];
}

type WithForm = { readonly form?: Form | undefined };

async function formOfGroup<T extends WithForm>(
  wire: Wire,
  attempt: Attempt,
  declared: Declaration<T>,
  question: T,
): Promise<Form> {
  const { form } = await wire.ask(attempt, declared.build(question), declared);
  if (form === undefined) throw unreadable(attempt, { path: declared.name, reason: 'no form in it' });
  return form;
}

/** The settings; only those see them who may change them (reference 11.1). */
export async function readSettings(wire: Wire, group: BareJid): Promise<GroupSettings> {
  const attempt = { what: 'ask for the settings', to: group };
  const form = await formOfGroup(wire, attempt, propertiesQuery, {});
  const one = (name: string): string => valuesOf(form, name)?.join('\n') ?? '';
  const many = (name: string): string[] => (valuesOf(form, name) ?? []).filter((value) => value !== '');
  return {
    name: one('name'),
    description: one('description'),
    index: one('index'),
    membership: one('membership'),
    contacts: many('contacts'),
    domains: many('domains'),
  };
}

/** Changes settings; those that are not named stay as they are (reference 11.1). */
export async function changeSettings(
  wire: Wire,
  group: BareJid,
  changes: Partial<GroupSettings>,
): Promise<void> {
  const fields: FormField[] = Object.entries(changes).map(([name, value]) =>
    formField({ var: name, values: typeof value === 'string' ? value.split('\n') : [...value] }),
  );
  const request = propertiesQuery.build({ form: formOf('submit', NS.groups, fields) });
  await wire.change({ what: 'change the settings', to: group }, request);
}

/** The status and those that can be chosen; none when one may not change it (reference 5.5). */
export interface GroupStatus {
  readonly status: string;
  readonly choices: readonly string[];
}

export async function readStatus(wire: Wire, group: BareJid): Promise<GroupStatus> {
  const form = await formOfGroup(wire, { what: 'ask for the status', to: group }, statusQuery, {});
  const field = form.fields.find(({ var: name }) => name === 'status');
  return {
    status: field?.values[0] ?? '',
    choices: field?.type === 'fixed' ? [] : (field?.options ?? []).map(({ value }) => value),
  };
}

/** Changes the status; resolves with the one that the group has then (reference 5.5). */
export async function changeStatus(wire: Wire, group: BareJid, status: string): Promise<string> {
  const attempt = { what: 'change the status', to: group };
  const fields = [formField({ var: 'status', values: [status] })];
  const request = statusQuery.build({ form: formOf('submit', NS.groupsStatus, fields) });
  const answer = pick(statusQuery, await wire.change(attempt, request));
  const form = answer?.ok ? answer.value.form : undefined;
  return (form && firstValueOf(form, 'status')) ?? status;
}
