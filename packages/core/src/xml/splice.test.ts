import { describe, expect, it } from 'vitest';
import { xml } from './element.js';
import { parse } from './parse.js';
import { prepare, prepareText, splice, spliceAll } from './splice.js';

const message = xml(
  'message',
  { xmlns: 'jabber:client', from: 'g@example.com', to: 'x@example.com', type: 'chat' },
  [xml('body', {}, ['a & b'])],
);

describe('prepare', () => {
  it('gives a text that an address completes', () => {
    expect(splice(prepare(message, 'jabber:client'), 'romeo@example.com')).toBe(
      "<message to='romeo@example.com' from='g@example.com' type='chat'><body>a &amp; b</body></message>",
    );
  });

  it('keeps the namespace where it is not in force', () => {
    expect(splice(prepare(message), 'b@c')).toContain("<message to='b@c' xmlns='jabber:client' from=");
  });

  it('leaves the stanza as it was', () => {
    prepare(message);
    expect(message.attrs.to).toBe('x@example.com');
  });

  it('copes with a stanza that has nothing else', () => {
    expect(splice(prepare(xml('presence')), 'b@c')).toBe("<presence to='b@c'/>");
  });

  it.each(['o\'brien@example.com/"<&>"', 'a@b/x\ty', 'a@b/😀'])('escapes the address %j', (to) => {
    const read = parse(splice(prepare(message), to));
    expect(read.ok && read.value.attrs.to).toBe(to);
  });
});

describe('prepareText', () => {
  it.each([
    ['<presence/>', "<presence to='b@c'/>"],
    ['<presence></presence>', "<presence to='b@c'></presence>"],
    [
      "<message type='chat'><body>x</body></message>",
      "<message to='b@c' type='chat'><body>x</body></message>",
    ],
    ["<message to='d@e'/>", "<message to='b@c'/>"],
    ["<message id='1' to = \"d'@e\" type='chat'/>", "<message to='b@c' id='1' type='chat'/>"],
    ["<message id=' to=' type='chat'/>", "<message to='b@c' id=' to=' type='chat'/>"],
    ["<message id='>' to='d@e'>x</message>", "<message to='b@c' id='>'>x</message>"],
    ["<message><x to='d@e'/></message>", "<message to='b@c'><x to='d@e'/></message>"],
    ["<message p:to='1' auto='2'/>", "<message to='b@c' p:to='1' auto='2'/>"],
  ])('%s', (text, addressed) => {
    const prepared = prepareText(text);
    expect(prepared.ok && splice(prepared.value, 'b@c')).toBe(addressed);
  });

  it.each(['', 'x', ' <a/>', '</a>', '<!-- -->', '<?x?>', '<'])('refuses %j', (text) => {
    expect(prepareText(text)).toEqual({
      ok: false,
      error: { path: '', reason: 'the text does not begin with a start tag' },
    });
  });
});

describe('spliceAll', () => {
  it('gives a copy for each, in their order', () => {
    expect(spliceAll(prepare(xml('a', { b: '1' })), ['x@y', "o'z@y"])).toBe(
      "<a to='x@y' b='1'/><a to='o&apos;z@y' b='1'/>",
    );
  });

  it('gives nothing for nobody', () => {
    expect(spliceAll(prepare(message), [])).toBe('');
  });
});
