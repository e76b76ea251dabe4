import { table } from '../../testing/table.js';
import * as declarations from './permissions.js';

const P = "xmlns='https://xabber.com/protocol/permissions'";

const inside = (name: 'defaults' | 'newbies') =>
  ({
    pairs: {
      asked: [`<${name} ${P}/>`, {}],
      set: [
        `<${name} ${P}><permissions><permission name='send-media' status='false'/></permissions></${name}>`,
        { permissions: { permissions: [{ name: 'send-media', status: false }] } },
      ],
    },
  }) as const;

table(declarations, {
  permissions: {
    pairs: {
      'asked by Xabber for iOS': [
        `<permissions ${P} target='r0me000011112222'/>`,
        { target: 'r0me000011112222', permissions: [] },
      ],
      answered: [
        `<permissions ${P} target='r0me000011112222'>
           <permission name='send-messages' level='member' status='true' display='Text' fixed='false' seconds='3600' expires='1618499200'/>
         </permissions>`,
        {
          target: 'r0me000011112222',
          permissions: [
            {
              name: 'send-messages',
              level: 'member',
              status: true,
              display: 'Text',
              fixed: false,
              seconds: 3600,
              expires: 1618499200,
            },
          ],
        },
      ],
    },
    reads: {
      'seconds of a client that counts in floating point': [
        `<permissions ${P}><permission name='a' status='1' seconds='3600.0'/></permissions>`,
        { permissions: [{ name: 'a', status: true, seconds: 3600 }] },
      ],
    },
    fails: {
      'a negative time': [
        `<permissions ${P}><permission name='a' seconds='-1'/></permissions>`,
        'permissions/permission@seconds',
        'not a number of seconds',
      ],
      'no name': [`<permissions ${P}><permission/></permissions>`, 'permissions/permission@name', 'missing'],
    },
  },
  defaultPermissions: inside('defaults'),
  newbiePermissions: inside('newbies'),
});
