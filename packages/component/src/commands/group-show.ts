import type { BareJid } from '@xmpp-groups/core/jid';
import { type Group, type Pace, roleOf, type Store } from '@xmpp-groups/core/xabber';
import { Command } from 'commander';
import { type ConfigOptions, configOption } from './config-option.js';
import { groupNamed, withDatabase } from './database.js';
import { printable, printableJson, table } from './printable.js';
import type { ExitCode, World } from './world.js';

interface ShowOptions extends ConfigOptions {
  readonly json?: boolean;
}

export const showCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('show')
    .description('show one group and its members')
    .argument('<group>', 'the JID of the group, or its localpart alone')
    .addOption(configOption())
    .option('--json', 'write JSON: one object')
    .action(async (name: string, options: ShowOptions) =>
      end(
        await withDatabase(options, false, world, async (store, config) => {
          const jid = groupNamed(name, config);
          const found = jid.ok ? await describe(store, jid.value) : undefined;
          if (found === undefined) {
            world.err(jid.ok ? `There is no group ${jid.value}` : jid.error);
            return 1;
          }
          for (const line of options.json ? [printableJson(found)] : linesOf(found)) world.out(line);
          return 0;
        }),
      ),
    );

/** All that there is to say about a group, as it is written as JSON; times are ISO 8601. */
type Description = Exclude<Awaited<ReturnType<typeof describe>>, undefined>;

async function describe(store: Store, jid: BareJid) {
  const stored = await store.load(jid);
  if (stored === undefined) return undefined;
  const { group } = stored;
  const { count, messages } = await store.page(jid, { page: { direction: 'backward', max: 1 } });
  const last = messages[0];
  return {
    jid,
    ...group.properties,
    status: group.status,
    ...group.pace,
    created: isoTime(group.createdAt),
    messages: count,
    /** System messages included: somebody joined, for one. */
    lastMessage: last === undefined ? null : isoTime(last.stanzaId / 1000),
    members: membersOf(group),
  };
}

/** Who is a member, or is joining; former members are left out. */
function membersOf(group: Group) {
  const now = Date.now();
  return [...group.members.values()]
    .filter(({ subscription }) => subscription !== 'none')
    .map(({ jid, id, rights, nickname, subscription, lastSeen }) => ({
      jid,
      id,
      role: roleOf(rights, now),
      nickname: nickname ?? null,
      joined: subscription === 'both',
      lastSeen: isoTime(lastSeen),
    }));
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

const paceOf = ({ slowMode, slowModeForNewcomers }: Pace): string => {
  const members = slowMode === 0 ? 'off' : `${slowMode} s`;
  return slowModeForNewcomers > slowMode ? `${members}, for newcomers ${slowModeForNewcomers} s` : members;
};

function linesOf({ members, ...about }: Description): string[] {
  const none = '(none)';
  const facts: Record<string, string> = {
    JID: about.jid,
    Name: about.name,
    Description: about.description || none,
    Privacy: about.privacy,
    Membership: about.membership,
    Index: about.index,
    Domains: about.domains.join(', ') || 'all may join',
    Contacts: about.contacts.join(', ') || none,
    Status: about.status,
    'Slow mode': paceOf(about),
    Created: about.created,
    Messages: String(about.messages),
    'Last message': about.lastMessage ?? none,
    Members: String(members.filter(({ joined }) => joined).length),
  };
  const width = Math.max(...Object.keys(facts).map(({ length }) => length));
  return [
    ...Object.entries(facts).map(([fact, text]) => `${`${fact}:`.padEnd(width + 2)}${printable(text)}`),
    '',
    ...table(
      ['JID', 'ROLE', 'NICKNAME', 'LAST SEEN'],
      members.map(({ jid, role, nickname, joined, lastSeen }) => [
        jid,
        joined ? role : 'joining',
        nickname ?? '',
        lastSeen,
      ]),
    ),
  ];
}
