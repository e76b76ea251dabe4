import { elementIn, table } from '../testing/table.js';
import * as declarations from './0394-message-markup.js';

const NS = "xmlns='urn:xmpp:markup:0'";
const NONE = { spans: [], codeBlocks: [], lists: [], quotations: [], more: [] };

table(declarations, {
  markup: {
    pairs: {
      nothing: [`<markup ${NS}/>`, NONE],
      'of every kind': [
        `<markup ${NS}>
           <span start='9' end='15'><emphasis/></span>
           <bcode start='0' end='4'/>
           <list start='20' end='31'><li start='20'/><li start='25'/></list>
           <bquote start='32' end='40'/>
         </markup>`,
        {
          ...NONE,
          spans: [{ start: 9, end: 15, kinds: [elementIn(`<emphasis ${NS}/>`)] }],
          codeBlocks: [{ start: 0, end: 4, more: [] }],
          lists: [{ start: 20, end: 31, items: [{ start: 20 }, { start: 25 }], more: [] }],
          quotations: [{ start: 32, end: 40, more: [] }],
        },
      ],
    },
    reads: {
      'what was added later': [
        `<markup ${NS}><table start='1'/></markup>`,
        { ...NONE, more: [elementIn(`<table ${NS} start='1'/>`)] },
      ],
    },
    fails: {
      'a span without an end': [`<markup ${NS}><span start='1'/></markup>`, 'markup/span@end', 'missing'],
    },
  },
});
