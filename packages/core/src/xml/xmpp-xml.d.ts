/** What the tests use of `@xmpp/xml`, which comes without types. */
declare module '@xmpp/xml' {
  export interface Element {
    name: string;
    parent: Element | null;
    attrs: { [name: string]: string };
    children: (Element | string)[];
    c(name: string, attrs?: { [name: string]: string }): Element;
    t(text: string): Element;
    up(): Element;
  }
  export default function xml(
    name: string,
    attrs?: { [name: string]: string },
    ...children: (Element | string)[]
  ): Element;
}
