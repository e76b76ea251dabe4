import { table } from '../../testing/table.js';
import * as declarations from './posted.js';

const NS = "xmlns='jabber:client'";

table(declarations, {
  body: {
    pairs: {
      'a text': [
        `<body ${NS}>Hello &amp; &lt;b&gt;welcome&lt;/b&gt;</body>`,
        { text: 'Hello & <b>welcome</b>' },
      ],
      'a language': [`<body ${NS} xml:lang='it'>O Romeo</body>`, { lang: 'it', text: 'O Romeo' }],
      'no text': [`<body ${NS}/>`, { text: '' }],
    },
    reads: {
      'a text in pieces': [`<body ${NS}>a<i/> b <![CDATA[<c>]]></body>`, { text: 'a b <c>' }],
      'a component': ["<body xmlns='jabber:component:accept'>Hi</body>", { text: 'Hi' }],
      'a header on a line of its own': [`<body ${NS}>Juliet:\nlook</body>`, { text: 'Juliet:\nlook' }],
    },
    fails: {
      'the body of XHTML': [
        "<body xmlns='http://www.w3.org/1999/xhtml'/>",
        'body',
        "not <body xmlns='jabber:client'/>",
      ],
    },
  },
  posted: {
    pairs: {
      'a message that is sent again': [
        `<message ${NS}>
           <body>Hello</body><body xml:lang='it'>Ciao</body>
           <origin-id xmlns='urn:xmpp:sid:0' id='059f'/><retry xmlns='https://xabber.com/protocol/delivery'/>
         </message>`,
        { bodies: [{ text: 'Hello' }, { lang: 'it', text: 'Ciao' }], originId: { id: '059f' }, retry: true },
      ],
      'no text at all': [`<message ${NS}/>`, { bodies: [], retry: false }],
    },
    reads: {
      'a message of xabber-web': [
        `<message to='veronamwq4dp8a@groups.localhost' type='chat' id='059f' xmlns='jabber:client'>
           <body>Hello &amp; &lt;b&gt;welcome&lt;/b&gt;, please echo</body>
           <markable xmlns='urn:xmpp:chat-markers:0'/><origin-id id='059f' xmlns='urn:xmpp:sid:0'/>
         </message>`,
        { bodies: [{ text: 'Hello & <b>welcome</b>, please echo' }], originId: { id: '059f' }, retry: false },
      ],
    },
    fails: {
      'two origin-ids': [
        `<message ${NS}><origin-id xmlns='urn:xmpp:sid:0' id='1'/><origin-id xmlns='urn:xmpp:sid:0' id='2'/></message>`,
        'message/origin-id',
        'more than one',
      ],
      'more languages than anybody speaks': [
        `<message ${NS}>${'<body/>'.repeat(21)}</message>`,
        'message/body',
        'more than 20',
      ],
    },
  },
});
