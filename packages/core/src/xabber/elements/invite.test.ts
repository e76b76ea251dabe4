import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './invite.js';

const NS = "xmlns='https://xabber.com/protocol/groups#invite'";
const ROMEO = bare('romeo@example.com');
const VERONA = bare('verona@groups.example.com');

table(declarations, {
  invite: {
    pairs: {
      'with a reason': [
        `<invite ${NS}><jid>romeo@example.com</jid><send>true</send><reason>Come to the square</reason></invite>`,
        { jid: ROMEO, send: true, reason: 'Come to the square' },
      ],
      'the least': [`<invite ${NS}><jid>romeo@example.com</jid></invite>`, { jid: ROMEO }],
    },
    reads: {
      'as numbers, in capitals': [
        `<invite ${NS} from='juliet@example.com'><send>1</send><jid>Romeo@Example.COM</jid><reason/></invite>`,
        { jid: ROMEO, send: true, reason: '' },
      ],
    },
    fails: {
      nobody: [`<invite ${NS}><send>true</send></invite>`, 'invite/jid', 'missing'],
      'what is no JID': [
        `<invite ${NS}><jid>@example.com</jid></invite>`,
        'invite/jid',
        'not a JID: localpart is empty',
      ],
      'a reason beyond all reason': [
        `<invite ${NS}><jid>romeo@example.com</jid><reason>${'x'.repeat(1025)}</reason></invite>`,
        'invite/reason',
        'longer than 1024 characters',
      ],
    },
  },
  invitation: {
    pairs: {
      'from a group': [
        `<invite ${NS} jid='verona@groups.example.com'>
           <user jid='juliet@example.com' id='jul1et00aaaabbbb'><nickname>Juliet</nickname></user>
           <reason>Come to the square</reason>
         </invite>`,
        {
          jid: VERONA,
          user: { jid: 'juliet@example.com', id: 'jul1et00aaaabbbb', nickname: 'Juliet' },
          reason: 'Come to the square',
        },
      ],
      'from an inviter himself': [`<invite ${NS} jid='verona@groups.example.com'/>`, { jid: VERONA }],
    },
    fails: {
      'to no group': [`<invite ${NS}/>`, 'invite@jid', 'missing'],
    },
  },
  decline: { pairs: { 'is empty': [`<decline ${NS}/>`, {}] } },
  invitations: {
    pairs: {
      'the question': [`<query ${NS}/>`, { users: [] }],
      'the list': [
        `<query ${NS}><user jid='romeo@example.com' id=''/></query>`,
        { users: [{ jid: 'romeo@example.com', id: '' }] },
      ],
    },
  },
  revoke: {
    pairs: {
      'several at once': [
        `<revoke ${NS}><jid>romeo@example.com</jid><jid>paris@example.net</jid></revoke>`,
        { jids: [ROMEO, bare('paris@example.net')] },
      ],
      nobody: [`<revoke ${NS}/>`, { jids: [] }],
    },
  },
});
