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
      'nothing',
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
