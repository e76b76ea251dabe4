import { describe, expect, it } from 'vitest';
import { stanzaIn } from '../../testing/stanzas.js';
import { elementIn } from '../../testing/table.js';
import { interpretGroupIq, interpretHostIq } from './iq.js';
import { interpretMessage } from './message.js';
import { interpretPresence } from './presence.js';

/** What is made of a stanza: a kind of command, a condition, or nothing. */
function outcome(source: string): string {
  const stanza = stanzaIn(source);
  switch (stanza.kind) {
    case 'presence':
      return interpretPresence(stanza)?.kind ?? 'nothing';
    case 'message': {
      const read = interpretMessage(stanza, elementIn(source));
      return read.ok ? (read.value?.kind ?? 'nothing') : read.error.condition;
    }
    case 'iq': {
      const read = stanza.to.includes('@') ? interpretGroupIq(stanza) : interpretHostIq(stanza);
      return read.ok ? read.value.kind : read.error.condition;
    }
  }
}

/** As clients sent them; a server writes in the `from` that is missing. */
const delivered = (source: string): string =>
  source.replace(/^<(\w+)(?![^>]*\sfrom=)/, "<$1 from='alice@localhost/xabber-web-cdf1bec7'");

const RSM = "xmlns='http://jabber.org/protocol/rsm'";
const FORM =
  "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field></x>";

describe('xabber-web 2.3.2 is understood', () => {
  it.each([
    [
      'discoInfo',
      `<iq from='alice@localhost/xabber-web-cdf1bec7' to='groups.localhost' type='get' xmlns='jabber:client' id='30720e4e-a929-4c6f-83bd-b9698e264c80:sendIQ'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
    ],
    [
      'discoInfo',
      `<iq type='get' to='groups.localhost' xmlns='jabber:client' xml:lang='en' id='41b0f1f4-7a03-4e66-a09f-6885f270c470:sendIQ'><query xmlns='http://jabber.org/protocol/disco#info' node='https://xabber.com/protocol/groups'/></iq>`,
    ],
    [
      'discoItems',
      `<iq from='carol@localhost/xabber-web-c1deb6b5' to='groups.localhost' type='get' xmlns='jabber:client' id='1cde9ff8-fcd0-41b7-81dd-41a411dd48b2:sendIQ'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>`,
    ],
    [
      'discoItems',
      `<iq type='get' to='groups.localhost' xmlns='jabber:client' xml:lang='en' id='aa7aa677-853c-4074-9535-8643e193f66b:sendIQ'><query xmlns='http://jabber.org/protocol/disco#items' node='https://xabber.com/protocol/groups'/></iq>`,
    ],
    [
      'create',
      `<iq from='alice@localhost/xabber-web-cdf1bec7' type='set' to='groups.localhost' xmlns='jabber:client' id='6790f94f-4507-47af-9a61-ef6a34ba1491:sendIQ'><query xmlns='https://xabber.com/protocol/groups#create'><name>Verona Square</name><privacy>public</privacy><index>none</index><description>Where families fight</description><membership>open</membership><localpart>veronamwq4dp8a</localpart></query></iq>`,
    ],
    [
      'create',
      `<iq from='alice@localhost/xabber-web-73577309' type='set' to='groups.localhost' xmlns='jabber:client' id='fd6351b0-21ed-47da-bdb8-87a502d55933:sendIQ'><query xmlns='https://xabber.com/protocol/groups#create'><name>Hist e8fc</name><privacy>public</privacy><index>none</index><description></description><membership>open</membership><localpart>histmwq4e8fc</localpart></query></iq>`,
    ],
    [
      'create',
      `<iq from='alice@localhost/xabber-web-169fa9d8' type='set' to='groups.localhost' xmlns='jabber:client' id='efe7891b-33a6-4a08-875d-50af9973386c:sendIQ'><query xmlns='https://xabber.com/protocol/groups#create'><name>Inv f6gz</name><privacy>public</privacy><index>none</index><description>d</description><membership>member-only</membership><localpart>invmwq4f6gz</localpart></query></iq>`,
    ],
    [
      'vcard',
      `<iq type='get' to='veronamwq3jx99@groups.localhost' xmlns='jabber:client' id='1ce74eed-4664-4981-85c1-33eea76ebf4e:sendIQ'><vCard xmlns='vcard-temp'/></iq>`,
    ],
    [
      'discoInfo',
      `<iq type='get' to='discmwq4enms@groups.localhost' xmlns='jabber:client' xml:lang='en' id='5ae3e297-75b7-4add-bef4-0011e220d8d7:sendIQ'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
    ],
    [
      'approved',
      `<presence to='veronamwq4dp8a@groups.localhost' from='alice@localhost/xabber-web-cdf1bec7' type='subscribed' xmlns='jabber:client'/>`,
    ],
    [
      'subscribe',
      `<presence to='veronamwq4dp8a@groups.localhost' from='alice@localhost/xabber-web-cdf1bec7' type='subscribe' xmlns='jabber:client'/>`,
    ],
    [
      'opened',
      `<presence from='alice@localhost/xabber-web-cdf1bec7' to='veronamwq4dp8a@groups.localhost' xmlns='jabber:client'><x xmlns='https://xabber.com/protocol/groups#present'/></presence>`,
    ],
    [
      'member',
      `<iq to='veronamwq4dp8a@groups.localhost/Group' type='get' xmlns='jabber:client' id='3a4f8c2e-45e1-4f10-aa39-d2dc8e515cfe:sendIQ'><query xmlns='https://xabber.com/protocol/groups#members' id=''/></iq>`,
    ],
    [
      'members',
      `<iq to='veronamwq4dp8a@groups.localhost/Group' type='get' xmlns='jabber:client' id='adbc19ef-7f24-4bce-9f0d-42a54b155dcc:sendIQ'><query xmlns='https://xabber.com/protocol/groups#members' version='0'/></iq>`,
    ],
    [
      'members',
      `<iq to='invmwq4f6gz@groups.localhost/Group' type='get' xmlns='jabber:client' id='856ab67c-5085-454c-8894-b1cb615b54c7:sendIQ'><query xmlns='https://xabber.com/protocol/groups#members' version='3'/></iq>`,
    ],
    [
      'rights',
      `<iq to='veronamwq4dp8a@groups.localhost/Group' type='get' xmlns='jabber:client' id='effe52b6-2b61-4d24-80fe-69606db75d01:sendIQ'><query xmlns='https://xabber.com/protocol/groups#rights'><user xmlns='https://xabber.com/protocol/groups' id=''/></query></iq>`,
    ],
    [
      'allRights',
      `<iq from='alice@localhost' type='get' to='veronamwq4dp8a@groups.localhost/Group' xmlns='jabber:client' xml:lang='en' id='45358b7e-4653-4231-8a1d-65b8cedc803e:sendIQ'><query xmlns='https://xabber.com/protocol/groups#rights'/></iq>`,
    ],
    [
      'archive',
      `<iq type='set' to='veronamwq4dp8a@groups.localhost/Group' xmlns='jabber:client' id='b7051095-916a-4cbf-9349-2b6ff62a9f94:sendIQ'><query xmlns='urn:xmpp:mam:2' queryid='c25f79f1-59f9-4df8-8dd7-3c294890337a'>${FORM}<set ${RSM}><max>1</max><before></before></set></query></iq>`,
    ],
    [
      'archive',
      `<iq type='set' to='discmwq4enms@groups.localhost' xmlns='jabber:client' id='aaf74460-8051-4733-a9a4-54d2beec3f3b:sendIQ'><query xmlns='urn:xmpp:mam:2' queryid='acf02919-4551-4e3f-ae51-c06ad4550f19'>${FORM}<set ${RSM}><max>20</max><before></before></set></query></iq>`,
    ],
    [
      'post',
      `<message to='veronamwq4dp8a@groups.localhost' type='chat' id='059fa106-a2b7-4a10-b36c-23bfd790397a' xmlns='jabber:client'><body>Hello &amp; &lt;b&gt;welcome&lt;/b&gt;, please echo</body><markable xmlns='urn:xmpp:chat-markers:0'/><origin-id id='059fa106-a2b7-4a10-b36c-23bfd790397a' xmlns='urn:xmpp:sid:0'/></message>`,
    ],
    [
      'opened',
      `<message to='veronamwq4dp8a@groups.localhost' type='chat' xmlns='jabber:client'><active xmlns='http://jabber.org/protocol/chatstates'/></message>`,
    ],
    [
      'typed',
      `<message to='veronamwq4dp8a@groups.localhost' type='chat' xmlns='jabber:client'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>`,
    ],
    [
      'nothing',
      `<message from='alice@localhost/xabber-web-cdf1bec7' to='veronamwq4dp8a@groups.localhost' type='chat' id='d4db5cee-ab52-4050-98a9-8f55d2634b7c' xmlns='jabber:client'><received xmlns='urn:xmpp:chat-markers:0' id='jul1795248137015009'><stanza-id xmlns='urn:xmpp:sid:0' id='1795248137015010' by='alice@localhost'/><stanza-id xmlns='urn:xmpp:sid:0' id='1795248137015010' by='veronamwq4dp8a@groups.localhost'/></received></message>`,
    ],
    [
      'displayed',
      `<message from='dave@localhost/xabber-web-6ace6dfd' to='invmwq4f6gz@groups.localhost' type='chat' id='496bb242-ab5f-40c3-97cd-dbff9a6c9b26' xmlns='jabber:client'><displayed xmlns='urn:xmpp:chat-markers:0' id='inv1795248205752063'><stanza-id xmlns='urn:xmpp:sid:0' id='1795248205752710' by='dave@localhost'/></displayed></message>`,
    ],
    [
      'openPrivateChat',
      `<iq to='groups.localhost' type='set' xmlns='jabber:client' id='3d7fbe44-c3a0-4b8d-adc4-81222ae9cc8a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#create'><peer-to-peer jid='verona1@groups.localhost' id='1ulpstye52e71mky'/></query></iq>`,
    ],
    [
      'post',
      `<message to='4eoss70vcq@groups.localhost' type='chat' id='105a48b4-f4b4-429e-bda5-246fc48bcb2e' xmlns='jabber:client'><body>the second</body><markable xmlns='urn:xmpp:chat-markers:0'/><origin-id id='105a48b4-f4b4-429e-bda5-246fc48bcb2e' xmlns='urn:xmpp:sid:0'/><retry xmlns='https://xabber.com/protocol/delivery'/></message>`,
    ],
    [
      'post',
      `<message to='verona2@groups.localhost' type='chat' id='be1cef41-628c-40c9-9123-e1c06c5cd7dc' xmlns='jabber:client'><reference xmlns='https://xabber.com/protocol/references' type='mutable' begin='0' end='119'><file-sharing xmlns='https://xabber.com/protocol/files'><file><media-type>image/png</media-type><name>red.png</name><size>111</size><height>8</height><width>8</width></file><sources><uri>http://127.0.0.1:22139/upload/f87cdbdb0cb9689ffa096233b498c74a18ffac02/YE7NTxS5O26E2djiGoQXEaCMXXDKhebtcVQyVcbZ/red.png</uri></sources></file-sharing></reference><body>http://127.0.0.1:22139/upload/f87cdbdb0cb9689ffa096233b498c74a18ffac02/YE7NTxS5O26E2djiGoQXEaCMXXDKhebtcVQyVcbZ/red.png</body><markable xmlns='urn:xmpp:chat-markers:0'/><origin-id id='be1cef41-628c-40c9-9123-e1c06c5cd7dc' xmlns='urn:xmpp:sid:0'/></message>`,
    ],
    [
      'post',
      `<message to='verona2@groups.localhost' type='chat' id='ac88f590-4ba5-4df4-9c49-36b3f0925164' xmlns='jabber:client'><reference xmlns='https://xabber.com/protocol/references' type='mutable' begin='0' end='149'><voice-message xmlns='https://xabber.com/protocol/voice-messages'><file-sharing xmlns='https://xabber.com/protocol/files'><file><media-type>audio/ogg; codecs=opus</media-type><name>voice message 2026-11-21 15:10:51.ogg</name><size>22719</size><duration>2</duration></file><sources><uri>http://127.0.0.1:22139/upload/f87cdbdb0cb9689ffa096233b498c74a18ffac02/2swEySPibLFzNUoXO9AJzgEOo75H2qZeQ7lpHF1y/voice_message_2026-11-21_15_10_51.ogg</uri></sources></file-sharing></voice-message></reference><body>http://127.0.0.1:22139/upload/f87cdbdb0cb9689ffa096233b498c74a18ffac02/2swEySPibLFzNUoXO9AJzgEOo75H2qZeQ7lpHF1y/voice_message_2026-11-21_15_10_51.ogg</body><markable xmlns='urn:xmpp:chat-markers:0'/><origin-id id='ac88f590-4ba5-4df4-9c49-36b3f0925164' xmlns='urn:xmpp:sid:0'/></message>`,
    ],
  ])('%s: %s', (expected, source) => {
    expect(outcome(delivered(source))).toBe(expected);
  });
});

describe('what xabber-web 2.3.2 sends to run a group is understood', () => {
  it.each([
    [
      'create',
      `<iq from='juliet@localhost/xabber-web-1fb4dc48' type='set' to='groups.localhost' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#create'><name>Masked ball</name><privacy>incognito</privacy><index>none</index><description></description><membership>open</membership><localpart>verona7</localpart></query></iq>`,
    ],
    [
      'replace',
      `<iq from='juliet@localhost' type='set' to='verona1@groups.localhost' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><replace xmlns='https://xabber.com/protocol/rewrite' id='1795269939958000'><message><body>Ay me! &amp; so on</body></message></replace></iq>`,
    ],
    [
      'retractUser',
      `<iq type='set' to='verona8@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><retract-user id='rxe4dmhzz289bf2d' xmlns='https://xabber.com/protocol/rewrite' symmetric='true'/></iq>`,
    ],
    [
      'retractAll',
      `<iq type='set' from='juliet@localhost' to='verona8@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><retract-all xmlns='https://xabber.com/protocol/rewrite' symmetric='true'/></iq>`,
    ],
    [
      'pin',
      `<iq from='juliet@localhost' type='set' to='verona1@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><update xmlns='https://xabber.com/protocol/groups'><pinned-message>1795269940100000</pinned-message></update></iq>`,
    ],
    [
      'invite',
      `<iq from='juliet@localhost' type='set' to='verona5@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><invite xmlns='https://xabber.com/protocol/groups#invite'><jid>romeo@localhost</jid><send>false</send><reason>You are invited to group chat. If you accept, romeo@localhost XMPP ID will be visible to group chat members</reason></invite></iq>`,
    ],
    [
      'invite',
      `<iq from='juliet@localhost' type='set' to='verona6@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><invite xmlns='https://xabber.com/protocol/groups#invite'><jid>romeo@localhost</jid><send>true</send><reason>You are invited to group chat. If you accept, romeo@localhost XMPP ID will be visible to group chat members</reason></invite></iq>`,
    ],
    [
      'invitations',
      `<iq type='get' to='verona6@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#invite'/></iq>`,
    ],
    [
      'decline',
      `<iq to='verona6@groups.localhost' type='set' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><decline xmlns='https://xabber.com/protocol/groups#invite'/></iq>`,
    ],
    [
      'revoke',
      `<iq from='juliet@localhost' to='verona6@groups.localhost/Group' type='set' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><revoke xmlns='https://xabber.com/protocol/groups#invite'><jid>romeo@localhost</jid></revoke></iq>`,
    ],
    [
      'kick',
      `<iq type='set' to='verona4@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><kick xmlns='https://xabber.com/protocol/groups'><jid>romeo@localhost</jid></kick></iq>`,
    ],
    [
      'block',
      `<iq type='set' to='verona4@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><block xmlns='https://xabber.com/protocol/groups#block'><id>arb71ezsshuk87j6</id></block></iq>`,
    ],
    [
      'blocks',
      `<iq type='get' to='verona4@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#block'/></iq>`,
    ],
    [
      'unblock',
      `<iq type='set' to='verona4@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><unblock xmlns='https://xabber.com/protocol/groups#block'><jid>romeo@localhost</jid></unblock></iq>`,
    ],
    [
      'changeCard',
      `<iq from='juliet@localhost' type='set' to='verona2@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#members'><user xmlns='https://xabber.com/protocol/groups' id='zzfs010ic92x1w7h'><nickname>Montague</nickname></user></query></iq>`,
    ],
    [
      'changeCard',
      `<iq from='juliet@localhost' type='set' to='verona2@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#members'><user xmlns='https://xabber.com/protocol/groups' id='zzfs010ic92x1w7h'><badge>poet</badge></user></query></iq>`,
    ],
    [
      'publishImage',
      `<iq from='juliet@localhost' type='set' to='verona2@groups.localhost' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:data#zzfs010ic92x1w7h'><item id='b92c207cdf84e2cda89372fd1cc02f67f6d9b8a3'><data xmlns='urn:xmpp:avatar:data'>iVBORw0KGgo=</data></item></publish></pubsub></iq>`,
    ],
    [
      'publishAvatar',
      `<iq from='juliet@localhost' type='set' to='verona2@groups.localhost' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:metadata#zzfs010ic92x1w7h'><item id='b92c207cdf84e2cda89372fd1cc02f67f6d9b8a3'><metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='74' id='b92c207cdf84e2cda89372fd1cc02f67f6d9b8a3' type='image/png'/></metadata></item></publish></pubsub></iq>`,
    ],
    [
      'publishImage',
      `<iq from='juliet@localhost' type='set' to='verona2@groups.localhost' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:data'><item id='b92c207cdf84e2cda89372fd1cc02f67f6d9b8a3'><data xmlns='urn:xmpp:avatar:data'>iVBORw0KGgo=</data></item></publish></pubsub></iq>`,
    ],
    [
      'publishAvatar',
      `<iq from='juliet@localhost' type='set' to='verona2@groups.localhost' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:avatar:metadata'><item id='b92c207cdf84e2cda89372fd1cc02f67f6d9b8a3'><metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='74' id='b92c207cdf84e2cda89372fd1cc02f67f6d9b8a3' type='image/png'/></metadata></item></publish></pubsub></iq>`,
    ],
    [
      'readAvatar',
      `<iq from='juliet@localhost' type='get' to='verona2@groups.localhost' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data#zzfs010ic92x1w7h'><item id='b92c207cdf84e2cda89372fd1cc02f67f6d9b8a3'/></items></pubsub></iq>`,
    ],
    [
      'properties',
      `<iq to='verona3@groups.localhost/Group' type='get' xmlns='jabber:client' xml:lang='en' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups'/></iq>`,
    ],
    [
      'setProperties',
      `<iq type='set' to='verona3@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups'><x xmlns='jabber:x:data' type='submit'><title>Group change</title><instructions>Fill out this form to change the group properties</instructions><field var='FORM_TYPE' type='hidden'><value>https://xabber.com/protocol/groups</value></field><field var='name' type='text-single' label='Name'><value>Mantua</value></field><field var='description' type='text-multi' label='Description'><value>Where Romeo is banished</value></field><field var='index' type='list-single' label='Index'><value>local</value></field><field var='membership' type='list-single' label='Membership'><value>open</value></field><field var='contacts' type='jid-multi' label='Contacts'><value></value></field><field var='domains' type='jid-multi' label='Domains'><value></value></field></x></query></iq>`,
    ],
    [
      'status',
      `<iq to='verona3@groups.localhost/Group' type='get' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#status'/></iq>`,
    ],
    [
      'setStatus',
      `<iq to='verona3@groups.localhost/Group' type='set' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#status'><x xmlns='jabber:x:data' type='submit'><title>Group status change</title><instructions>Fill out this form to change the group status</instructions><field var='FORM_TYPE' type='hidden'><value>https://xabber.com/protocol/groups#status</value></field><field var='header1' type='fixed'><value>Section 1 : Statuses</value></field><field var='status' type='text-single' label='Status'><value>regulated</value></field><field var='header2' type='fixed'><value>Section 2 : Description of statuses</value></field><field var='fiesta' type='fixed' label='Fiesta'><value>chat</value></field><field var='discussion' type='fixed' label='Discussion'><value>active</value></field><field var='regulated' type='fixed' label='Regulated'><value>away</value></field><field var='limited' type='fixed' label='Limited'><value>xa</value></field><field var='restricted' type='fixed' label='Restricted'><value>dnd</value></field><field var='inactive' type='fixed' label='Inactive'><value>inactive</value></field></x></query></iq>`,
    ],
    [
      'defaultRights',
      `<iq from='juliet@localhost' type='get' to='verona3@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#default-rights'/></iq>`,
    ],
    [
      'setDefaultRights',
      `<iq from='juliet@localhost' to='verona3@groups.localhost/Group' type='set' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#default-rights'><x xmlns='jabber:x:data' type='submit'><title>Groupchat default rights</title><instructions>Fill out this form to change the default rights of group chat</instructions><field var='FORM_TYPE' type='hidden'><value>https://xabber.com/protocol/groups</value></field><field var='restriction' type='fixed'><value>Restrictions</value></field><field var='send-messages' type='list-single' label='Send messages'><value>3600</value></field><field var='read-messages' type='list-single' label='Read messages'/><field var='send-invitations' type='list-single' label='Send invitations'/><field var='send-images' type='list-single' label='Send images'/><field var='send-audio' type='list-single' label='Send audio'/><field var='send-voice' type='list-single' label='Send voice messages'/><field var='send-stickers' type='list-single' label='Send stickers'/></x></query></iq>`,
    ],
    [
      'setRights',
      `<iq from='juliet@localhost' type='set' to='verona4@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#rights'><x xmlns='jabber:x:data' type='submit'><title>Groupchat user&apos;s rights change</title><instructions>Fill out this form to change the rights of user</instructions><field var='FORM_TYPE' type='hidden'><value>https://xabber.com/protocol/groups#rights</value></field><field var='user-id' type='hidden'><value>arb71ezsshuk87j6</value></field><field var='permission' type='fixed'><value>Permissions</value></field><field var='owner' type='list-single' label='Owner'/><field var='change-group' type='list-single' label='Change group'><value>0</value></field><field var='set-permissions' type='list-single' label='Set permissions'/><field var='set-restrictions' type='list-single' label='Set restrictions'/><field var='change-users' type='list-single' label='Change users'/><field var='delete-messages' type='list-single' label='Delete messages'/><field var='restriction' type='fixed'><value>Restrictions</value></field><field var='send-messages' type='list-single' label='Send messages'/><field var='read-messages' type='list-single' label='Read messages'/><field var='send-invitations' type='list-single' label='Send invitations'/><field var='send-images' type='list-single' label='Send images'/><field var='send-audio' type='list-single' label='Send audio'/><field var='send-voice' type='list-single' label='Send voice messages'/><field var='send-stickers' type='list-single' label='Send stickers'/></x></query></iq>`,
    ],
    [
      'archive',
      `<iq type='set' to='verona8@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='urn:xmpp:mam:2' queryid='0f28a00c-c02b-47c5-a7fa-63abb34e5032'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field><field var='with'><value>rxe4dmhzz289bf2d</value></field></x><set xmlns='http://jabber.org/protocol/rsm'><max>20</max><before></before></set></query></iq>`,
    ],
    [
      'archive',
      `<iq type='set' to='exjl45vf0k@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='urn:xmpp:mam:2' queryid='a68b3b22-50ba-4176-9d42-e473ec0668c3'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field><field var='withtext'><value>morrow</value></field></x><set xmlns='http://jabber.org/protocol/rsm'><max>20</max><before></before></set></query></iq>`,
    ],
    [
      'archive',
      `<iq type='set' to='verona1@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='urn:xmpp:mam:2' queryid='5112c674-345b-4e08-a1b1-d9eecb2a9899'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field><field var='{urn:xmpp:sid:0}stanza-id'><value>1795269940100000</value></field></x></query></iq>`,
    ],
    [
      'post',
      `<message to='verona8@groups.localhost' type='chat' id='ed46483a-a3e4-4dee-955e-91e05e94a12b' xmlns='jabber:client'><reference xmlns='https://xabber.com/protocol/references' begin='0' end='5' type='decoration'><mention xmlns='https://xabber.com/protocol/markup' node='https://xabber.com/protocol/groups'>xmpp:verona8@groups.localhost?jid=romeo@localhost</mention></reference><body>Romeo , where art thou?</body><markable xmlns='urn:xmpp:chat-markers:0'/><origin-id id='ed46483a-a3e4-4dee-955e-91e05e94a12b' xmlns='urn:xmpp:sid:0'/></message>`,
    ],
    [
      'retractMessage',
      `<iq type='set' from='juliet@localhost' to='verona1@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><retract-message id='1795270322652000' xmlns='https://xabber.com/protocol/rewrite' symmetric='true' by='juliet@localhost'/></iq>`,
    ],
    [
      'pin',
      `<iq from='juliet@localhost' type='set' to='verona1@groups.localhost/Group' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><update xmlns='https://xabber.com/protocol/groups'><pinned-message/></update></iq>`,
    ],
    [
      'delete',
      `<iq to='groups.localhost' type='set' xmlns='jabber:client' id='059fa106-a2b7-4a10-b36c-23bfd790397a:sendIQ'><query xmlns='https://xabber.com/protocol/groups#delete'>verona2</query></iq>`,
    ],
    [
      'left',
      `<presence to='5ce9t8e9cw@groups.localhost' from='romeo@localhost/xabber-web-adc33dc6' type='unsubscribe' xmlns='jabber:client'/>`,
    ],
    [
      'post',
      `<message to='verona1@groups.localhost' type='chat' id='07f59cc9-9703-46f9-8702-c41219d79d88' xmlns='jabber:client'><reference xmlns='https://xabber.com/protocol/references' type='mutable' begin='0' end='93'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2026-11-21T14:12:02+00:00'/><message xmlns='jabber:client' to='juliet@localhost' from='verona1@groups.localhost' type='chat' id='95bbe4e7-9139-40ae-927a-240b80241439'><x xmlns='https://xabber.com/protocol/groups'><reference xmlns='https://xabber.com/protocol/references' type='mutable' begin='0' end='7'><user xmlns='https://xabber.com/protocol/groups' id='25xkn6ofxppuhcss'><jid>romeo@localhost</jid><role>member</role><nickname>Romeo</nickname><badge/><metadata xmlns='urn:xmpp:avatar:metadata'/></user></reference></x><archived xmlns='urn:xmpp:mam:tmp' by='verona1@groups.localhost' id='1795270322848000'/><stanza-id xmlns='urn:xmpp:sid:0' by='verona1@groups.localhost' id='1795270322848000'/><time xmlns='https://xabber.com/protocol/delivery' by='verona1@groups.localhost' stamp='2026-11-21T14:12:02.848000Z'/><origin-id xmlns='urn:xmpp:sid:0' id='95bbe4e7-9139-40ae-927a-240b80241439'/><no-permanent-store xmlns='urn:xmpp:hints'/><body>Romeo:
She speaks &amp; &lt;speaks&gt;</body></message></forwarded></reference><body>&gt; Saturday, November 21, 2026
&gt; [14:12:02] Romeo:
&gt; She speaks &amp; &lt;speaks&gt;
O Romeo</body><markable xmlns='urn:xmpp:chat-markers:0'/><origin-id id='07f59cc9-9703-46f9-8702-c41219d79d88' xmlns='urn:xmpp:sid:0'/></message>`,
    ],
  ])('%s: %s', (expected, source) => {
    expect(outcome(delivered(source))).toBe(expected);
  });
});

describe('Converse.js 14 is understood', () => {
  it.each([
    [
      'discoInfo',
      `<iq from="bob@localhost/converse.js-52325586" id="7206f86b-d1aa-482b-af54-b167bd5e7930:sendIQ" to="groups.localhost" type="get" xmlns="jabber:client"><query xmlns="http://jabber.org/protocol/disco#info">
                    </query></iq>`,
    ],
    [
      'vcard',
      `<iq id="9953f56e-1d86-4d30-9d78-a74f18db9de7:sendIQ" to="veronamwq3jx99@groups.localhost" type="get" xmlns="jabber:client"><vCard xmlns="vcard-temp"/></iq>`,
    ],
    [
      'subscribe',
      `<presence to="veronamwq3jx99@groups.localhost" type="subscribe" xmlns="jabber:client"><priority>0</priority><x xmlns="vcard-temp:x:update"/><c hash="sha-1" node="https://conversejs.org" ver="e6dINt2vgMLoqchjmn/CEFMeC50=" xmlns="http://jabber.org/protocol/caps"/></presence>`,
    ],
    ['subscribe', `<presence to="veronamwq3jx99@groups.localhost" type="subscribe" xmlns="jabber:client"/>`],
    [
      'approved',
      `<presence to="veronamwq3jx99@groups.localhost" type="subscribed" xmlns="jabber:client">
                    
            </presence>`,
    ],
  ])('%s: %s', (expected, source) => {
    expect(outcome(delivered(source))).toBe(expected);
  });
});
