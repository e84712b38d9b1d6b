/**
 * Declares the part of jsdom that is used here. Its published types would add the globals of browsers to every file, and
 * the compiler would accept undefined names such as `document` and `name`.
 */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string);
    readonly window: Window;
  }

  export type Window = {
    readonly document: Document;
    readonly DOMParser: new () => { parseFromString(text: string, type: 'image/svg+xml'): Document };
    readonly XMLSerializer: new () => { serializeToString(node: Element): string };
    readonly Element: abstract new () => Element;
  } & Record<
    'DocumentFragment' | 'HTMLFormElement' | 'HTMLTemplateElement' | 'NamedNodeMap' | 'Node' | 'NodeFilter',
    unknown
  >;

  export type Document = {
    readonly documentElement: Element;
    readonly implementation: { createDocument(namespace: string, name: string): Document };
    createElementNS(namespace: string, name: string): Element;
  };

  export type Node = {
    readonly nodeType: number;
    readonly TEXT_NODE: number;
    readonly CDATA_SECTION_NODE: number;
    textContent: string | null;
  };

  export type Attr = {
    readonly name: string;
    readonly localName: string;
    readonly namespaceURI: string | null;
    readonly value: string;
  };

  export type Element = Node & {
    readonly localName: string;
    readonly namespaceURI: string | null;
    readonly ownerDocument: Document;
    readonly attributes: Iterable<Attr>;
    readonly childNodes: Iterable<Node>;
    append(child: Element | string): void;
    getAttribute(name: string): string | null;
    hasAttribute(name: string): boolean;
    setAttribute(name: string, value: string): void;
    setAttributeNS(namespace: string, name: string, value: string): void;
    querySelectorAll(selector: string): Iterable<Element>;
  };
}
