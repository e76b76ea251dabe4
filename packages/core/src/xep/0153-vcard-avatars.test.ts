import { table } from '../testing/table.js';
import * as declarations from './0153-vcard-avatars.js';

const NS = "xmlns='vcard-temp:x:update'";

table(declarations, {
  vcardUpdate: {
    pairs: {
      'a photo': [`<x ${NS}><photo>9f1c</photo></x>`, { photo: '9f1c' }],
      'no photo': [`<x ${NS}><photo/></x>`, { photo: '' }],
      'not known yet': [`<x ${NS}/>`, {}],
    },
    fails: { 'two photos': [`<x ${NS}><photo/><photo/></x>`, 'x/photo', 'more than one'] },
  },
});
