import {
  attr,
  boolean,
  child,
  element,
  list,
  text,
  type ValueCodec,
  type ValueOf,
} from '../../codec/index.js';
import { err, ok } from '../../result.js';
import { NS } from '../../xml/namespaces.js';

/** Seconds; clients that count in floating point write `3600.0`. */
const seconds: ValueCodec<number> = {
  type: 'seconds',
  parse: (value) => {
    const trimmed = value.trim();
    return /^\d{1,12}(\.\d{1,9})?$/.test(trimmed)
      ? ok(Math.floor(Number(trimmed)))
      : err('not a number of seconds');
  },
  format: String,
};

const permission = element('permission', NS.permissions, 'reference 16.2', {
  name: attr('name', text),
  /** Whose it is of old: `member`, `admin` or `owner`. */
  level: attr('level', text).optional,
  /** Whether it is held. */
  status: attr('status', boolean).optional,
  display: attr('display', text).optional,
  /** Whether it cannot be changed here. */
  fixed: attr('fixed', boolean).optional,
  /** For how long the status stays as it is set; none, or `0`: for ever. */
  seconds: attr('seconds', seconds).optional,
  /** Until when, in seconds since the epoch. */
  expires: attr('expires', seconds).optional,
});

/** What one member may do, as the clients of 2026 ask for it and set it; `target` is his id. */
export const permissions = element('permissions', NS.permissions, 'reference 16.2', {
  target: attr('target', text).optional,
  permissions: list(permission, 100),
});

const inside = { permissions: child(permissions).optional };

/** What members may do if nothing else is said of them. */
export const defaultPermissions = element('defaults', NS.permissions, 'reference 16.2', inside);

/** The same for those who are new. */
export const newbiePermissions = element('newbies', NS.permissions, 'reference 16.2', inside);

/** One permission in a list of them; durations and moments in seconds. */
export type PermissionEntry = ValueOf<typeof permission>;
