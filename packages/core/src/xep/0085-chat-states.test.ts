import { describe, expect, it } from 'vitest';
import { elementIn, table } from '../testing/table.js';
import * as declarations from './0085-chat-states.js';
import { type ChatState, chatState, chatStateIn } from './0085-chat-states.js';

const NS = "xmlns='http://jabber.org/protocol/chatstates'";

table(declarations, {
  active: { pairs: { 'the state': [`<active ${NS}/>`, {}] } },
  composing: { pairs: { 'the state': [`<composing ${NS}/>`, {}] } },
  paused: { pairs: { 'the state': [`<paused ${NS}/>`, {}] } },
  inactive: { pairs: { 'the state': [`<inactive ${NS}/>`, {}] } },
  gone: {
    pairs: { 'the state': [`<gone ${NS}/>`, {}] },
    fails: {
      'a condition of stanza errors': [
        "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>",
        'gone',
        "not <gone xmlns='http://jabber.org/protocol/chatstates'/>",
      ],
    },
  },
});

describe('chatStateIn', () => {
  it.each<ChatState>(['active', 'composing', 'paused', 'inactive', 'gone'])('finds %s', (state) => {
    expect(chatStateIn([elementIn("<body xmlns='jabber:client'/>"), chatState(state)])).toBe(state);
  });

  it('takes the first of several, and nothing of another namespace', () => {
    expect(chatStateIn([chatState('paused'), chatState('active')])).toBe('paused');
    expect(chatStateIn([elementIn("<active xmlns='urn:x'/>"), elementIn(`<toString ${NS}/>`)])).toBe(
      undefined,
    );
  });
});
