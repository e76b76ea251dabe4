import { NS } from '../../xml/namespaces.js';

/** The ad-hoc commands of a group: their nodes, and how they are called (XEP-0050, section 2.2). */
export const AD_HOC_NAMES = {
  [NS.updates]: 'Receive updates of this group',
} as const;
