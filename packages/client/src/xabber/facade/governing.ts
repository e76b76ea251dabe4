import type { BareJid } from '@xmpp-groups/core/jid';
import type { Restriction, Right } from '@xmpp-groups/core/xabber';
import type { Context } from '../context.js';
import { changeDefaultRights, type DefaultRight, readDefaultRights } from '../default-rights.js';
import { transferOwnership } from '../ownership.js';
import { changeRights, readRights, type ShownRight } from '../rights.js';
import {
  changeSettings,
  changeStatus,
  type GroupSettings,
  type GroupStatus,
  readSettings,
  readStatus,
} from '../settings.js';

/** Who may do what, and what a group is like. */
export interface Governing {
  /** The rights of a member by his id, `''` for oneself. */
  rights(group: BareJid, id: string): Promise<readonly ShownRight[]>;
  /** Seconds for which each is to be in force, `0` for ever, `undefined` to take it away. */
  setRights(group: BareJid, id: string, changes: ReadonlyMap<Right, number | undefined>): Promise<void>;
  /** What those may not do who join, and for how long. */
  defaultRights(group: BareJid): Promise<readonly DefaultRight[]>;
  /** Seconds for which each is forbidden to newcomers, `0` for ever, `undefined` to allow it. */
  setDefaultRights(group: BareJid, changes: ReadonlyMap<Restriction, number | undefined>): Promise<void>;
  /** Hands the group over to a member, by his JID or his id; oneself owns it no longer. */
  transferOwnership(group: BareJid, to: string): Promise<void>;

  /** What a group is like; only those see it who may change it. */
  settings(group: BareJid): Promise<GroupSettings>;
  /** Changes settings; those that are not named stay as they are. */
  setSettings(group: BareJid, changes: Partial<GroupSettings>): Promise<void>;
  /** The status of the group, and those that can be chosen. */
  status(group: BareJid): Promise<GroupStatus>;
  /** Resolves with the status that the group has then. */
  setStatus(group: BareJid, status: string): Promise<string>;
}

export const governing = ({ wire }: Context): Governing => ({
  rights: (group, id) => readRights(wire, group, id),
  setRights: (group, id, changes) => changeRights(wire, group, id, changes),
  defaultRights: (group) => readDefaultRights(wire, group),
  setDefaultRights: (group, changes) => changeDefaultRights(wire, group, changes),
  transferOwnership: (group, to) => transferOwnership(wire, group, to),
  settings: (group) => readSettings(wire, group),
  setSettings: (group, changes) => changeSettings(wire, group, changes),
  status: (group) => readStatus(wire, group),
  setStatus: (group, status) => changeStatus(wire, group, status),
});
