import { table } from '../testing/table.js';
import * as declarations from './0080-user-location.js';

const NS = "xmlns='http://jabber.org/protocol/geoloc'";

table(declarations, {
  geoloc: {
    pairs: {
      'a place': [
        `<geoloc ${NS}>
           <accuracy>20</accuracy><alt>-12.5</alt><country>Italy</country><description>Arena</description>
           <lat>45.438990</lat><locality>Verona</locality><lon>10.994380</lon><street>Piazza Bra 1</street>
           <text>Meet here</text><timestamp>2026-11-21T07:08:30.000Z</timestamp><uri>https://example.com/</uri>
         </geoloc>`,
        {
          accuracy: '20',
          altitude: '-12.5',
          country: 'Italy',
          description: 'Arena',
          latitude: '45.438990',
          locality: 'Verona',
          longitude: '10.994380',
          street: 'Piazza Bra 1',
          text: 'Meet here',
          timestamp: Date.UTC(2026, 10, 21, 7, 8, 30),
          uri: 'https://example.com/',
        },
      ],
      'nowhere any more': [`<geoloc ${NS}/>`, {}],
    },
    reads: {
      'in another order, with more': [
        `<geoloc ${NS} xml:lang='it'><lon> 10.9 </lon><mood/><lat>+45.4</lat></geoloc>`,
        { longitude: '10.9', latitude: '+45.4' },
      ],
    },
    fails: {
      'beyond the pole': [`<geoloc ${NS}><lat>90.1</lat></geoloc>`, 'geoloc/lat', 'not from -90 to 90'],
      'not a number': [`<geoloc ${NS}><lon>1e1</lon></geoloc>`, 'geoloc/lon', 'not a decimal number'],
    },
  },
});
