import { table } from '../testing/table.js';
import * as declarations from './0444-message-reactions.js';

const NS = "xmlns='urn:xmpp:reactions:0'";

table(declarations, {
  reactions: {
    pairs: {
      'two of them': [
        `<reactions ${NS} id='m1'><reaction>👋</reaction><reaction>🐢</reaction></reactions>`,
        { id: 'm1', emojis: ['👋', '🐢'] },
      ],
      'none any more': [`<reactions ${NS} id='m1'/>`, { id: 'm1', emojis: [] }],
    },
    fails: {
      'no id': [`<reactions ${NS}><reaction>👋</reaction></reactions>`, 'reactions@id', 'missing'],
      'more than a hundred': [
        `<reactions ${NS} id='m1'>${'<reaction>a</reaction>'.repeat(101)}</reactions>`,
        'reactions/reaction',
        'more than 100',
      ],
    },
  },
});
