import { boolean } from '../../codec/index.js';
import { err, ok } from '../../result.js';
import { refusal } from '../../stanza/error.js';
import { firstValueOf, formField, formOf } from '../../xep/0004-data-forms.js';
import { type CommandStep, command } from '../../xep/0050-ad-hoc-commands.js';
import { NS } from '../../xml/namespaces.js';
import { AD_HOC_NAMES, type AdHocNode, offers } from '../answer/ad-hoc-names.js';
import type { AdHoc } from '../command.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import type { AdHocCommand } from './ad-hoc-command.js';
import { answerDisclosure, disclose } from './ad-hoc-disclosure.js';
import { memberBehind } from './authority.js';
import { updatesSwitched } from './updates.js';

const switchUpdates: AdHocCommand = {
  form: (_, member) =>
    formOf(
      'form',
      NS.updates,
      [
        formField({
          var: 'receive',
          type: 'boolean',
          label: 'Tell me who joins, who leaves, and how many are here',
          values: [String(member.preferences.receivesUpdates)],
        }),
      ],
      AD_HOC_NAMES[NS.updates],
    ),
  run: (_group, member, filled) => {
    const receive = boolean.parse(firstValueOf(filled, 'receive') ?? '');
    if (!receive.ok) return err(refusal('bad-request', `receive: ${receive.error}`));
    const { events, notices } = updatesSwitched(member, receive.value);
    const note = receive.value ? 'You receive updates of this group' : 'You receive messages only';
    return ok({ events, notices, note });
  },
};

const COMMANDS: Readonly<Record<AdHocNode, AdHocCommand>> = {
  [NS.updates]: switchUpdates,
  [NS.disclosure]: disclose,
  [NS.disclosureAnswer]: answerDisclosure,
};

/**
 * A step of a command: begun, it shows its form; with the form filled in, it is done. Nothing is kept between
 * the two: all that the second step needs is in its form.
 */
export function decideAdHoc(group: Group, { from, step }: AdHoc, env: Environment): Decision {
  const member = memberBehind(group, from);
  if (!member.ok) return refuseWith(member.error);
  const known = offers(group, step.node) ? COMMANDS[step.node] : undefined;
  if (known === undefined) {
    return refuseWith(refusal('item-not-found', `There is no command ${step.node}`));
  }
  const reply = (parts: Partial<CommandStep>) =>
    command.build({
      node: step.node,
      sessionId: step.sessionId ?? env.newId(),
      notes: [],
      ...parts,
    });
  if (step.action === 'cancel') return answer(reply({ status: 'canceled' }));
  if (step.action === 'prev' || step.action === 'next') {
    return refuseWith(refusal('bad-request', 'This command has a single step'));
  }
  if (step.form === undefined && step.action !== 'complete') {
    const actions = { execute: 'complete', prev: false, next: false, complete: true } as const;
    const form = known.form(group, member.value);
    return typeof form === 'string'
      ? answer(reply({ status: 'completed', notes: [{ type: 'info', text: form }] }))
      : answer(reply({ status: 'executing', actions, form }));
  }
  if (step.form?.type !== 'submit') {
    return refuseWith(refusal('bad-request', 'The form of the command is not filled in'));
  }
  const outcome = known.run(group, member.value, step.form, env);
  if (!outcome.ok) return refuseWith(outcome.error);
  const { events, notices, note } = outcome.value;
  const done = reply({ status: 'completed', notes: [{ type: 'info', text: note }] });
  return { events, notices: [{ kind: 'result', payload: [done] }, ...notices] };
}
