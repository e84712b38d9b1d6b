import { type Element, JSDOM } from 'jsdom';

const { DOMParser } = new JSDOM('').window;

/** An element of parsed XML, without its prefix. */
export type Parsed = {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Parsed[];
};

/** Throws if the XML is not well-formed. */
export function parseXml(xml: string): Parsed {
  const { documentElement } = new DOMParser().parseFromString(xml, 'image/svg+xml');
  const root = toParsed(documentElement);
  if (root.name === 'parsererror') throw new Error(`Not well-formed: ${root.text.slice(0, 200)}`);
  return root;
}

function toParsed(element: Element): Parsed {
  return {
    name: element.localName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    text: element.textContent ?? '',
    children: [...element.querySelectorAll(':scope > *')].map(toParsed),
  };
}

export function all(parent: Parsed, name: string): Parsed[] {
  return parent.children.filter((child) => child.name === name);
}

/** The first child with this name. Throws if there is none. */
export function one(parent: Parsed, name: string): Parsed {
  const [found] = all(parent, name);
  if (!found) throw new Error(`${parent.name} has no ${name}`);
  return found;
}
