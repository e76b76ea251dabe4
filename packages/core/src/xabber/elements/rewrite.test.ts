import { bare } from '../../testing/jids.js';
import { elementIn, table } from '../../testing/table.js';
import * as declarations from './rewrite.js';

const NS = "xmlns='https://xabber.com/protocol/rewrite'";
const NOTIFY = "xmlns='https://xabber.com/protocol/rewrite#notify'";
const conversation = bare('verona@groups.example.com');
const type = 'https://xabber.com/protocol/groups';
const ABOUT = `version='8' conversation='${conversation}' type='${type}'`;
const about = { version: 8, conversation, type };
const MESSAGE = `<message xmlns='jabber:client'><body>Juliet:&#xA;new</body></message>`;
const WRITTEN = `<message xmlns='jabber:client'><body>Juliet:\nnew</body></message>`;
const BOLD = "<reference xmlns='https://xabber.com/protocol/references' begin='0' end='3'/>";

table(declarations, {
  retractMessage: {
    pairs: {
      'for everybody': [`<retract-message ${NS} id='161' symmetric='true'/>`, { id: '161', symmetric: true }],
    },
    reads: {
      'what xabber-web and its younger relatives add': [
        `<retract-message ${NS} id='161' symmetric='1' by='juliet@example.com' type='${type}'/>`,
        { id: '161', symmetric: true },
      ],
      'for oneself': [`<retract-message ${NS} id='161'/>`, { id: '161' }],
    },
    fails: {
      'no id': [`<retract-message ${NS}/>`, 'retract-message@id', 'missing'],
      'neither true nor false': [
        `<retract-message ${NS} id='1' symmetric='maybe'/>`,
        'retract-message@symmetric',
        'neither true nor false',
      ],
    },
  },
  correctedStanzaId: {
    pairs: {
      'of a group': [`<stanza-id ${NS} by='${conversation}' id='161'/>`, { by: conversation, id: '161' }],
    },
    fails: { 'no id': [`<stanza-id ${NS} by='${conversation}'/>`, 'stanza-id@id', 'missing'] },
  },
  correctedOriginId: {
    pairs: { 'of a client': [`<origin-id ${NS} id='059f'/>`, { id: '059f' }] },
    fails: { 'no id': [`<origin-id ${NS}/>`, 'origin-id@id', 'missing'] },
  },
  retractUser: {
    pairs: {
      'of a member': [
        `<retract-user ${NS} id='r0me000011112222' symmetric='true'/>`,
        { id: 'r0me000011112222', symmetric: true },
      ],
    },
    fails: { 'no id': [`<retract-user ${NS}/>`, 'retract-user@id', 'missing'] },
  },
  retractAll: {
    pairs: { everything: [`<retract-all ${NS} symmetric='true'/>`, { symmetric: true }] },
  },
  replace: {
    pairs: {
      'a new text': [
        `<replace ${NS} id='161'><message xmlns='jabber:client'><body>new</body>${BOLD}</message></replace>`,
        { id: '161', message: { bodies: [{ text: 'new' }], payload: [elementIn(BOLD)] } },
      ],
      'as xabber-web writes it': [
        `<replace ${NS} id='161'><message><body>new</body>${BOLD}</message></replace>`,
        {
          id: '161',
          inherited: { bodies: [{ text: 'new' }], clientBodies: [], payload: [elementIn(BOLD)] },
        },
      ],
      'with the namespace on the body alone': [
        `<replace ${NS} id='161'><message><body xmlns='jabber:client'>new</body></message></replace>`,
        { id: '161', inherited: { bodies: [], clientBodies: [{ text: 'new' }], payload: [] } },
      ],
    },
    reads: { nothing: [`<replace ${NS} id='161'/>`, { id: '161' }] },
    fails: { 'no id': [`<replace ${NS}><message/></replace>`, 'replace@id', 'missing'] },
  },
  replaced: {
    pairs: {
      'at a time': [`<replaced ${NS} stamp='2021-04-15T15:00:00Z'/>`, { stamp: '2021-04-15T15:00:00Z' }],
    },
  },
  rewriteQuery: {
    pairs: {
      'since a version': [`<query ${NS} version='7' less-than='50'/>`, { version: 7, lessThan: 50 }],
      'for the version': [`<query ${NS}/>`, {}],
    },
    fails: { 'no number': [`<query ${NS} version='new'/>`, 'query@version', 'not an integer'] },
  },
  messageRetracted: {
    pairs: {
      'by somebody': [
        `<retract-message ${NOTIFY} id='161' by='juliet@example.com' symmetric='true' ${ABOUT}/>`,
        { id: '161', by: bare('juliet@example.com'), symmetric: true, ...about },
      ],
    },
    fails: {
      'no version': [
        `<retract-message ${NOTIFY} id='161' conversation='${conversation}'/>`,
        'retract-message@version',
        'missing',
      ],
    },
  },
  userRetracted: {
    pairs: {
      'all of his': [
        `<retract-user ${NOTIFY} id='r0me000011112222' symmetric='true' ${ABOUT}/>`,
        { id: 'r0me000011112222', symmetric: true, ...about },
      ],
    },
  },
  allRetracted: {
    pairs: {
      'all of all': [`<retract-all ${NOTIFY} symmetric='true' ${ABOUT}/>`, { symmetric: true, ...about }],
    },
  },
  messageReplaced: {
    pairs: {
      'a new text': [
        `<replace ${NOTIFY} id='161' ${ABOUT}>${WRITTEN}</replace>`,
        { id: '161', ...about, message: elementIn(MESSAGE) },
      ],
    },
    fails: { 'no message': [`<replace ${NOTIFY} id='161' ${ABOUT}/>`, 'replace/message', 'missing'] },
  },
  invalidate: {
    pairs: { 'too much': [`<invalidate ${NOTIFY} ${ABOUT}/>`, about] },
    fails: { 'of no group': [`<invalidate ${NOTIFY} version='8'/>`, 'invalidate@conversation', 'missing'] },
  },
});
