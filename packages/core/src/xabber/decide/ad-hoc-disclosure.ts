import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { type Form, type FormField, firstValueOf, formField, formOf } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';
import { AD_HOC_NAMES } from '../answer/ad-hoc-names.js';
import type { DisclosureStep } from '../command.js';
import { disclosureReason } from '../elements/disclosure.js';
import type { Environment } from '../environment.js';
import type { Group, Member } from '../model/group.js';
import { nameOf } from '../present/card.js';
import type { AdHocCommand, Outcome } from './ad-hoc-command.js';
import { disclosing, disclosuresTo } from './disclosure.js';

/** Of more members no list is shown: a client would have to scroll through all of them. */
const LONGEST_LIST = 50;

const REASON = formField({ var: 'reason', type: 'text-single', label: 'Reason' });

const option = (value: string, label: string) => ({ value, label });

/** Tells one member who I am, or asks him. */
export const disclose: AdHocCommand = {
  form: (group, member) => {
    const others = membersBut(group, member);
    if (others.length === 0) return 'Nobody else is in this group';
    return formOf(
      'form',
      NS.disclosure,
      [
        memberField(others),
        choiceOf('step', 'What I want', [
          option('offer', 'Tell him/her who I am'),
          option('request', 'Ask who he/she is; if he/she tells, he/she learns who I am'),
        ]),
        REASON,
      ],
      AD_HOC_NAMES[NS.disclosure],
    );
  },
  run: (group, member, filled, env) => {
    const named = firstValueOf(filled, 'member')?.trim() ?? '';
    const others = membersBut(group, member).filter(
      ({ id, nickname }) => id === named || nickname?.toLowerCase() === named.toLowerCase(),
    );
    const other = others.find(({ id }) => id === named) ?? others[0];
    if (other === undefined) return err(refusal('item-not-found', `Nobody here is called ${named}`));
    if (other.id !== named && others.length > 1) {
      return err(refusal('conflict', `More than one member is called ${named}`));
    }
    return step(group, member, other, chosen(filled, 'step', ['offer', 'request']), filled, env);
  },
};

/** Answers a member who told who he is, or asked. */
export const answerDisclosure: AdHocCommand = {
  form: (group, member) => {
    const received = disclosuresTo(group, member).slice(-LONGEST_LIST);
    if (received.length === 0) return 'Nobody is waiting for an answer';
    const options = received.map(({ from, type, reason }) => {
      const other = group.members.get(from);
      const who = other === undefined ? from : nameOf('incognito', other);
      const what = type === 'offer' ? `told you: ${other?.jid}` : 'asks you';
      return option(from, `${who} (${what})${reason === '' ? '' : `: ${reason}`}`);
    });
    return formOf(
      'form',
      NS.disclosureAnswer,
      [
        choiceOf('member', 'Who is answered', options),
        choiceOf('step', 'What I answer', [
          option('accept', 'Accept: he/she learns who I am, and I who he/she is'),
          option('decline', 'Decline: he/she does not learn who I am'),
        ]),
        REASON,
      ],
      AD_HOC_NAMES[NS.disclosureAnswer],
    );
  },
  run: (group, member, filled, env) => {
    const other = group.members.get(firstValueOf(filled, 'member') ?? '');
    if (other === undefined) return err(refusal('item-not-found', 'There is no such member'));
    return step(group, member, other, chosen(filled, 'step', ['accept', 'decline']), filled, env);
  },
};

const membersBut = (group: Group, self: Member): Member[] =>
  [...group.members.values()].filter(({ id, subscription }) => subscription === 'both' && id !== self.id);

const memberField = (others: readonly Member[]): FormField =>
  others.length > LONGEST_LIST
    ? formField({ var: 'member', type: 'text-single', label: 'Name of the member', required: true })
    : formField({
        var: 'member',
        type: 'list-single',
        label: 'Member',
        required: true,
        options: others.map((other) =>
          option(other.id, [nameOf('incognito', other), other.badge].filter(Boolean).join(', ')),
        ),
      });

/** A choice in which nothing is chosen yet: nobody tells who he is by a careless click. */
const choiceOf = (name: string, label: string, options: FormField['options']): FormField =>
  formField({ var: name, type: 'list-single', label, required: true, options });

const chosen = <T extends DisclosureStep>(filled: Form, name: string, among: readonly T[]): T | undefined =>
  among.find((word) => word === firstValueOf(filled, name));

/** What is said to who took a step. */
const NOTES: Readonly<Record<DisclosureStep, (who: string, jid: string) => string>> = {
  offer: (who) => `${who} knows who you are now`,
  request: (who) => `${who} was asked`,
  accept: (who, jid) => `${who} is ${jid}, and knows who you are now`,
  decline: (who) => `${who} does not learn who you are`,
};

function step(
  group: Group,
  member: Member,
  other: Member,
  type: DisclosureStep | undefined,
  filled: Form,
  env: Environment,
): Result<Outcome, StanzaError> {
  if (type === undefined) return err(refusal('bad-request', 'Nothing is chosen'));
  const reason = disclosureReason.parse(firstValueOf(filled, 'reason')?.trim() ?? '');
  if (!reason.ok) return err(refusal('bad-request', `reason: ${reason.error}`));
  const taken = disclosing(group, member, { type, id: other.id, reason: reason.value || undefined }, env);
  if (!taken.ok) return taken;
  const { events, notices } = taken.value;
  return ok({ events, notices, note: NOTES[taken.value.type](nameOf('incognito', other), other.jid) });
}
