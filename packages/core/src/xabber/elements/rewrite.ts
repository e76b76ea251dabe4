import {
  attr,
  boolean,
  child,
  content,
  element,
  integer,
  jid,
  list,
  rawChild,
  rest,
  text,
} from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';
import { body } from './posted.js';

const ns = NS.rewrite;
const notify = NS.rewriteNotify;

/** That a message is to go everywhere: the only kind of retraction that there is in a group. */
const symmetric = attr('symmetric', boolean).optional;

/** A message is to be retracted. */
export const retractMessage = element('retract-message', ns, 'reference 12.5', {
  id: attr('id', text),
  symmetric,
});

/** All that a member has written is to be retracted; `id` is his member id. */
export const retractUser = element('retract-user', ns, 'reference 12.5', { id: attr('id', text), symmetric });

/** All messages are to be retracted. */
export const retractAll = element('retract-all', ns, 'reference 12.5', { symmetric });

/** xabber-web leaves the namespace of `<replace/>` in force on the message and its body. */
const inherited = element('message', ns, 'reference 12.5', {
  bodies: list(
    element('body', ns, 'reference 12.5', { lang: attr('xml:lang', text).optional, text: content(text) }),
    20,
  ),
  clientBodies: list(body, 20),
  payload: rest(),
});

const proper = element('message', NS.client, 'reference 12.5', { bodies: list(body, 20), payload: rest() });

/** What a message of the archive is to become. */
export const replace = element('replace', ns, 'reference 12.5', {
  id: attr('id', text),
  inherited: child(inherited).optional,
  message: child(proper).optional,
});

/** In an archived message: that, and when, it was replaced. `stamp` is text, as in all that an archive keeps. */
export const replaced = element('replaced', ns, 'reference 12.5', { stamp: attr('stamp', text) });

/**
 * In a correction: the ids of the message that it corrects. They stand there under the names that xabber-web looks
 * for, and outside of XEP-0359, by which other clients would take the correction for a repetition.
 */
export const correctedStanzaId = element('stanza-id', ns, 'reference 12.5', {
  by: attr('by', jid),
  id: attr('id', text),
});

/** As {@link correctedStanzaId}, for the id that the author gave. */
export const correctedOriginId = element('origin-id', ns, 'reference 12.5', { id: attr('id', text) });

/** Asks for what was rewritten after `version`; without it only for the version. */
export const rewriteQuery = element('query', ns, 'reference 12.5', {
  version: attr('version', integer()).optional,
  lessThan: attr('less-than', integer()).optional,
});

/** What every notification says; clients of 2026 pass over one that lacks any of it. */
const about = {
  version: attr('version', integer()),
  conversation: attr('conversation', jid),
  type: attr('type', text).optional,
};

/** Word that a message was retracted. */
export const messageRetracted = element('retract-message', notify, 'reference 12.5', {
  id: attr('id', text),
  by: attr('by', jid).optional,
  symmetric,
  ...about,
});

/** Word that all messages of a member were retracted. */
export const userRetracted = element('retract-user', notify, 'reference 12.5', {
  id: attr('id', text),
  symmetric,
  ...about,
});

/** Word that all messages were retracted. */
export const allRetracted = element('retract-all', notify, 'reference 12.5', { symmetric, ...about });

/** Word that a message has another content now, with that content. */
export const messageReplaced = element('replace', notify, 'reference 12.5', {
  id: attr('id', text),
  ...about,
  message: rawChild('message', NS.client),
});

/** Too much has happened: what a client remembers of the archive is worth nothing. */
export const invalidate = element('invalidate', notify, 'reference 12.5', about);
