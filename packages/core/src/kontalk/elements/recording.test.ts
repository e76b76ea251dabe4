import { table } from '../../testing/table.js';
import * as declarations from './recording.js';

table(declarations, {
  recording: {
    pairs: { 'the hint': ["<recording xmlns='http://kontalk.org/extensions/message#chatstates'/>", {}] },
  },
});
