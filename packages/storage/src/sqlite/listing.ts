import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import type { GroupSummary } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import { type PropertiesRow, propertiesOf, storedJid } from './rows.js';

interface SummaryRow extends PropertiesRow {
  readonly jid: string;
  readonly size: number;
}

const COLUMNS = 'jid, size, name, description, privacy, membership, listing, contacts, domains';

const summaryOf = (row: SummaryRow): GroupSummary => ({
  jid: storedJid(row.jid),
  properties: propertiesOf(row),
  size: row.size,
});

export interface Listing {
  /** Who may find which group: reference 1.2. */
  listed(host: string, asker: BareJid): GroupSummary[];
  all(): GroupSummary[];
  jidsOn(host: string): BareJid[];
  totals(): { readonly groups: number; readonly members: number };
}

export function listingOf(db: Database): Listing {
  const listed = db.prepare<[{ host: string; asker: string; domain: string }], SummaryRow>(`
    SELECT ${COLUMNS} FROM groups g
    WHERE g.host = :host AND g.listing <> 'none' AND g.parent IS NULL
      AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.group_id = g.id AND b.address IN (:asker, :domain))
      AND (g.membership = 'open' OR (g.membership = 'member-only' AND EXISTS (
        SELECT 1 FROM members m
        WHERE m.jid = :asker AND m.group_id = g.id AND m.subscription IN ('both', 'wait'))))
    ORDER BY g.jid`);
  const all = db.prepare<[], SummaryRow>(`SELECT ${COLUMNS} FROM groups ORDER BY jid`);
  const jids = db.prepare<[string], string>('SELECT jid FROM groups WHERE host = ? ORDER BY jid').pluck();
  const totals = db.prepare<[], { readonly groups: number; readonly members: number }>(
    'SELECT count(*) AS groups, coalesce(sum(size), 0) AS members FROM groups',
  );
  return {
    listed: (host, asker) => listed.all({ host, asker, domain: domainOf(asker) }).map(summaryOf),
    all: () => all.all().map(summaryOf),
    jidsOn: (host) => jids.all(host).map(storedJid),
    totals: () => totals.get() ?? { groups: 0, members: 0 },
  };
}
