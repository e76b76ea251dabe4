import { NS } from '../../xml/namespaces.js';
import type { Group } from '../model/group.js';
import { COMMAND_NAMES } from '../present/wording.js';

/** The ad-hoc commands of groups: their nodes, and how they are called (XEP-0050, section 2.2). */
export const AD_HOC_NAMES = {
  [NS.updates]: COMMAND_NAMES.updates,
  [NS.disclosure]: COMMAND_NAMES.disclosure,
  [NS.disclosureAnswer]: COMMAND_NAMES.answerDisclosure,
} as const;

export type AdHocNode = keyof typeof AD_HOC_NAMES;

const INCOGNITO_ONLY: readonly string[] = [NS.disclosure, NS.disclosureAnswer];

const isNode = (node: string): node is AdHocNode => Object.hasOwn(AD_HOC_NAMES, node);

/** Whether a group has the command at this node. */
export const offers = (group: Group, node: string): node is AdHocNode =>
  isNode(node) && (group.properties.privacy === 'incognito' || !INCOGNITO_ONLY.includes(node));

/** The commands of a group. */
export const commandsOf = (group: Group): readonly { readonly node: string; readonly name: string }[] =>
  Object.entries(AD_HOC_NAMES)
    .filter(([node]) => offers(group, node))
    .map(([node, name]) => ({ node, name }));
