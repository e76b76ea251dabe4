/** What the tests use of `@xmpp/xml`, which comes without types. */
declare module '@xmpp/xml/lib/parse.js' {
  interface LtxElement {
    name: string;
    attrs: { [name: string]: string };
    children: (LtxElement | string)[];
  }
  export default function parse(text: string): LtxElement;
}
