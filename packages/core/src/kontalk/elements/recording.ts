import { element } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** Beside `<composing/>`: the sender records a voice message. */
export const recording = element('recording', NS.kontalkChatStates, 'reference 6', {});
