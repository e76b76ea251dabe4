/** What is used of ltx and @xmpp/xml, which come without types. */
declare module 'ltx' {
  export interface Element {
    c(name: string, attrs?: Readonly<Record<string, string>>): Element;
    t(text: string): Element;
    up(): Element;
    root(): Element;
    toString(): string;
  }
  export function parse(text: string): Element;
  export function createElement(
    name: string,
    attrs: Readonly<Record<string, string>> | null,
    ...children: (Element | string)[]
  ): Element;
}

declare module '@xmpp/xml' {
  import type { Element } from 'ltx';
  export default function xml(
    name: string,
    attrs: Readonly<Record<string, string>>,
    ...children: (Element | string)[]
  ): Element;
}

declare module '@xmpp/xml/lib/parse.js' {
  import type { Element } from 'ltx';
  export default function parse(text: string): Element;
}
