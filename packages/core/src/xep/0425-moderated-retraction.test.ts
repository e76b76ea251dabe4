import { table } from '../testing/table.js';
import * as declarations from './0425-moderated-retraction.js';

const NS = "xmlns='urn:xmpp:message-moderate:1'";
const RETRACT = "<retract xmlns='urn:xmpp:message-retract:1'/>";

table(declarations, {
  moderation: {
    pairs: {
      'a retraction': [
        `<moderate ${NS} id='1618495545123456'>${RETRACT}</moderate>`,
        { id: '1618495545123456', retracts: true },
      ],
      'with a reason': [
        `<moderate ${NS} id='1'>${RETRACT}<reason>Spam</reason></moderate>`,
        { id: '1', retracts: true, reason: 'Spam' },
      ],
    },
    reads: {
      'another request': [
        `<moderate ${NS} id='1'><edit xmlns='urn:example'/></moderate>`,
        { id: '1', retracts: false },
      ],
    },
    fails: { 'no id': [`<moderate ${NS}>${RETRACT}</moderate>`, 'moderate@id', 'missing'] },
  },
});
