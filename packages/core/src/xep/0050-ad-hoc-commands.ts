/** XEP-0050: Ad-Hoc Commands, version 1.3.0. https://xmpp.org/extensions/xep-0050.html */
import { attr, child, content, element, flag, list, oneOf, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { form } from './0004-data-forms.js';

const ns = NS.commands;

const note = element('note', ns, 'XEP-0050 section 4.3', {
  type: attr('type', oneOf('info', 'warn', 'error')).or('info'),
  text: content(text),
});

const actions = element('actions', ns, 'XEP-0050 section 4.2', {
  /** What `execute` stands for in this stage. */
  execute: attr('execute', oneOf('prev', 'next', 'complete')).optional,
  prev: flag('prev', ns),
  next: flag('next', ns),
  complete: flag('complete', ns),
});

/** A step of a command: its request (`action`, a form filled in) or its answer (`status`, a form to fill in). */
export const command = element('command', ns, 'XEP-0050 section 3', {
  node: attr('node', text),
  sessionId: attr('sessionid', text).optional,
  action: attr('action', oneOf('execute', 'cancel', 'prev', 'next', 'complete')).optional,
  status: attr('status', oneOf('executing', 'completed', 'canceled')).optional,
  actions: child(actions).optional,
  form: child(form).optional,
  notes: list(note, 20),
});

/** A step of a command as it is read. */
export type CommandStep = ValueOf<typeof command>;
