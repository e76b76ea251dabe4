import { parseJid } from '@xmpp-groups/core/jid';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config/load.js';
import { hostOf } from './host.js';

describe('hostOf', () => {
  const hostWith = (creators: string) => {
    const loaded = loadConfig(undefined, {
      XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
      XMPP_GROUPS_COMPONENT_SECRET: 's',
      XMPP_GROUPS_GROUPS_ALLOWCREATION: creators,
    });
    if (!loaded.ok) throw new Error(loaded.error.join());
    return hostOf(loaded.value);
  };

  it.each([
    { creators: 'everyone', jid: 'a@elsewhere.example/x', may: true },
    { creators: 'example.com', jid: 'a@example.com/x', may: true },
    { creators: 'example.com', jid: 'a@sub.example.com', may: false },
    { creators: 'example.com', jid: 'a@elsewhere.example', may: false },
    { creators: 'admin@example.org', jid: 'admin@example.org/x', may: true },
    { creators: 'admin@example.org', jid: 'other@example.org/x', may: false },
    { creators: 'example.com, Admin@Example.org', jid: 'admin@example.org', may: true },
  ])('with $creators: $jid may create groups: $may', ({ creators, jid, may }) => {
    const parsed = parseJid(jid);
    expect(parsed.ok && hostWith(creators).mayCreate(parsed.value)).toBe(may);
  });

  it.each([
    { url: undefined, at: undefined },
    { url: 'https://example.com/', at: 'https://example.com/avatars/' },
    { url: 'https://example.com/groups', at: 'https://example.com/groups/avatars/' },
  ])('with $url as public address avatars are at $at', ({ url, at }) => {
    const loaded = loadConfig(undefined, {
      XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
      XMPP_GROUPS_COMPONENT_SECRET: 's',
      ...(url === undefined ? {} : { XMPP_GROUPS_HTTP_PUBLIC_URL: url }),
    });
    expect(loaded).toMatchObject({ ok: true });
    if (loaded.ok) expect(hostOf(loaded.value).avatarsAt).toBe(at);
  });
});
