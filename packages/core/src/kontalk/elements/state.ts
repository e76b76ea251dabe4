import { attr, bareJid, dateTime, element, integer, list, text, type ValueOf } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';
import { LIMITS } from '../model/limits.js';

/*
 * What groups of this project say beyond what Kontalk's clients know. It stands beside `<group/>`, never inside
 * it: the released clients look for names at any depth there (reference 1.5, 7.1).
 */

const since = element('since', NS.kontalkState, 'reference 7.1', {
  jid: attr('jid', bareJid),
  time: attr('t', dateTime),
});

const parted = element('parted', NS.kontalkState, 'reference 7.1', {
  jid: attr('jid', bareJid),
  time: attr('t', dateTime),
});

/**
 * The version of the state that the sender knows, and its hash. With a command of the owner: the state after
 * it, when the owner gave it (`time`), since when each member is one, and which partings the owner saw.
 */
export const state = element('state', NS.kontalkState, 'reference 7.1', {
  rev: attr('rev', integer()),
  hash: attr('hash', text),
  time: attr('t', dateTime).optional,
  since: list(since, LIMITS.named),
  parted: list(parted, LIMITS.named),
});

/** Asks the owner for the state: the asking member knows it up to `rev`. */
export const syncRequest = element('sync-request', NS.kontalkState, 'reference 7.1', {
  rev: attr('rev', integer()),
});

/** When the sender left: the same in each repetition, so that an old one stays older than a later re-adding. */
export const left = element('left', NS.kontalkState, 'reference 7.1', { time: attr('t', dateTime) });

/** The owner makes a member the owner of the group that will continue this one. */
export const handover = element('handover', NS.kontalkState, 'reference 7.1', { to: attr('to', bareJid) });

/** With the creation of a group: it continues another one, whose owner has handed it over. */
export const continues = element('continues', NS.kontalkState, 'reference 7.1', {
  id: attr('id', text),
  owner: attr('owner', bareJid),
});

/** What a member says of the state that he knows; times in milliseconds since the epoch. */
export type StateElement = ValueOf<typeof state>;
