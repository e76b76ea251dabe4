import { table } from '../../testing/table.js';
import * as declarations from './update.js';

const GROUPS = "xmlns='https://xabber.com/protocol/groups'";

table(declarations, {
  update: {
    pairs: {
      'a new owner': [
        `<update ${GROUPS}><owner>romeo@example.com</owner></update>`,
        { owner: 'romeo@example.com' },
      ],
      'a message is pinned': [
        `<update ${GROUPS}><pinned-message>1618495545123456</pinned-message></update>`,
        { pinned: '1618495545123456' },
      ],
      'none any more': [`<update ${GROUPS}><pinned-message/></update>`, { pinned: '' }],
      nothing: [`<update ${GROUPS}/>`, {}],
    },
  },
});
