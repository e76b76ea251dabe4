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
      nothing: [`<update ${GROUPS}/>`, {}],
    },
  },
});
