// What is used of @xmpp/client 0.14, which has no types of its own.
declare module '@xmpp/client' {
  interface Element {
    readonly name: string;
    readonly attrs: Record<string, string>;
    readonly children: (Element | string)[];
  }

  export function xml(
    name: string,
    attrs: Readonly<Record<string, string | undefined>>,
    ...children: readonly (Element | string)[]
  ): Element;
}
