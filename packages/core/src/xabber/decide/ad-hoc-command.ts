import type { Result } from '../../result.js';
import type { StanzaError } from '../../stanza/error.js';
import type { Form } from '../../xep/0004-data-forms.js';
import type { Decision } from '../decision.js';
import type { Environment } from '../environment.js';
import type { Group, Member } from '../model/group.js';

/** What came of a form that was filled in: a decision without its result, and what is said to the one who asked. */
export interface Outcome extends Pick<Decision, 'events' | 'notices'> {
  readonly note: string;
}

/** A command of a single form (XEP-0050): what ordinary clients can do without knowing the protocol of groups. */
export interface AdHocCommand {
  /** The form to fill in, or a sentence: there is nothing to do. */
  form(group: Group, member: Member): Form | string;
  run(group: Group, member: Member, filled: Form, env: Environment): Result<Outcome, StanzaError>;
}
