import type { BareJid } from '@xmpp-groups/core/jid';
import { defaultRights, RESTRICTIONS, type Restriction } from '@xmpp-groups/core/xabber';
import { formField, formOf } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';
import { unreadable } from '../errors.js';
import type { Wire } from '../wire.js';

/** Something that newcomers may not do for a while (reference 9.5). */
export interface DefaultRight {
  readonly name: Restriction;
  /** How long, in seconds, from the joining on; `0` for ever, `undefined`: they may. */
  readonly duration: number | undefined;
  /** The durations that can be chosen. */
  readonly durations: readonly number[];
}

const integers = (texts: readonly string[]): number[] =>
  texts
    .filter((text) => text !== '')
    .map(Number)
    .filter(Number.isSafeInteger);

/** What newcomers may not do (reference 9.5); only who may change it may ask. */
export async function readDefaultRights(wire: Wire, group: BareJid): Promise<readonly DefaultRight[]> {
  const attempt = { what: 'ask what newcomers may do', to: group };
  const { form } = await wire.ask(attempt, defaultRights.build({}), defaultRights);
  if (form === undefined) throw unreadable(attempt, { path: 'query', reason: 'no form in it' });
  return form.fields.flatMap(({ var: field, values, options }) => {
    const name = RESTRICTIONS.find((candidate) => candidate === field);
    if (name === undefined) return [];
    return [{ name, duration: integers(values)[0], durations: integers(options.map(({ value }) => value)) }];
  });
}

/**
 * Changes what those may not do who join from now on (reference 9.5).
 * @param changes for how long each is forbidden, in seconds, `0` for ever, `undefined` to allow it
 */
export async function changeDefaultRights(
  wire: Wire,
  group: BareJid,
  changes: ReadonlyMap<Restriction, number | undefined>,
): Promise<void> {
  const fields = [...changes].map(([name, duration]) =>
    formField({ var: name, type: 'list-single', values: [duration === undefined ? '' : String(duration)] }),
  );
  const request = defaultRights.build({ form: formOf('submit', NS.groups, fields) });
  await wire.change({ what: 'change what newcomers may do', to: group }, request);
}
