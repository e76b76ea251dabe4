import { describe, expect, it } from 'vitest';
import { SETTINGS } from './settings.js';

describe('SETTINGS', () => {
  it('says of each key its variable and its default', () => {
    const table = SETTINGS.map(({ key, variables, default: value }) => [key, variables[0], value]);
    expect(table).toEqual([
      ['component.host', 'XMPP_GROUPS_COMPONENT_HOST', '127.0.0.1'],
      ['component.port', 'XMPP_GROUPS_COMPONENT_PORT', 5347],
      ['component.domain', 'XMPP_GROUPS_COMPONENT_DOMAIN', undefined],
      ['component.secret', 'XMPP_GROUPS_COMPONENT_SECRET', undefined],
      ['component.secretFile', 'XMPP_GROUPS_COMPONENT_SECRETFILE', undefined],
      ['component.maxStanzaBytes', 'XMPP_GROUPS_COMPONENT_MAXSTANZABYTES', 0],
      ['ejabberd.socket', 'XMPP_GROUPS_EJABBERD_SOCKET', undefined],
      ['ejabberd.host', 'XMPP_GROUPS_EJABBERD_HOST', '127.0.0.1'],
      ['ejabberd.port', 'XMPP_GROUPS_EJABBERD_PORT', 5348],
      ['ejabberd.domain', 'XMPP_GROUPS_EJABBERD_DOMAIN', undefined],
      ['ejabberd.secret', 'XMPP_GROUPS_EJABBERD_SECRET', undefined],
      ['ejabberd.secretFile', 'XMPP_GROUPS_EJABBERD_SECRETFILE', undefined],
      ['storage.url', 'XMPP_GROUPS_STORAGE_URL', 'sqlite:./data/groups.db'],
      ['http.listen', 'XMPP_GROUPS_HTTP_LISTEN', '127.0.0.1:9464'],
      ['http.publicUrl', 'XMPP_GROUPS_HTTP_PUBLICURL', undefined],
      ['log.level', 'XMPP_GROUPS_LOG_LEVEL', 'info'],
      ['log.format', 'XMPP_GROUPS_LOG_FORMAT', 'json'],
      ['fanout.way', 'XMPP_GROUPS_FANOUT_WAY', 'auto'],
      ['fanout.multicastService', 'XMPP_GROUPS_FANOUT_MULTICASTSERVICE', undefined],
      ['archive.hint', 'XMPP_GROUPS_ARCHIVE_HINT', true],
      ['groups.allowCreation', 'XMPP_GROUPS_GROUPS_ALLOWCREATION', 'everyone'],
      ['groups.indexServices', 'XMPP_GROUPS_GROUPS_INDEXSERVICES', []],
      ['extauth.hosts', 'XMPP_GROUPS_EXTAUTH_HOSTS', []],
      ['extauth.accounts', 'XMPP_GROUPS_EXTAUTH_ACCOUNTS', 'none'],
      ['extauth.program', 'XMPP_GROUPS_EXTAUTH_PROGRAM', []],
      ['extauth.url', 'XMPP_GROUPS_EXTAUTH_URL', undefined],
      ['extauth.timeout', 'XMPP_GROUPS_EXTAUTH_TIMEOUT', 10],
      ['extauth.logFile', 'XMPP_GROUPS_EXTAUTH_LOGFILE', undefined],
      ['limits.memberMessagesPerMinute', 'XMPP_GROUPS_LIMITS_MEMBERMESSAGESPERMINUTE', 0],
      ['limits.groupMessagesPerMinute', 'XMPP_GROUPS_LIMITS_GROUPMESSAGESPERMINUTE', 0],
      ['limits.groupsPerDay', 'XMPP_GROUPS_LIMITS_GROUPSPERDAY', 0],
    ]);
  });

  it('describes each key in one line', () => {
    for (const { key, about } of SETTINGS)
      expect([key, about]).toEqual([key, expect.stringMatching(/^\S.{10,120}$/)]);
  });
});
