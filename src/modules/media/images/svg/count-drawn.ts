import type { Element } from 'jsdom';
import { window } from './dom.ts';

/**
 * How many elements a drawing comes to when everything that is used is drawn wherever it is used. Forty lines that each use
 * the one before twice are a million million: no browser says no to that, it stands still.
 */
export function countDrawn(root: Element): number {
  const elements = [...root.querySelectorAll('*')];
  const byId = new Map(elements.map((element) => [element.getAttribute('id'), element]));
  const counted = new Map<Element, number>();
  const count = (element: Element): number => {
    const known = counted.get(element);
    if (known !== undefined) return known;
    // What uses itself is drawn once.
    counted.set(element, 0);
    const used = referencesOf(element).map((id) => byId.get(id));
    // Not by `children`: its items have names, for which jsdom looks through all of them each time.
    const inside = [...element.childNodes, ...used].filter(
      (node): node is Element => node instanceof window.Element,
    );
    const sum = inside.reduce((total, each) => total + count(each), 1);
    counted.set(element, sum);
    return sum;
  };
  return count(root);
}

/** Ids: of `use` and its like, and of paints, masks, markers and filters. */
function referencesOf(element: Element): string[] {
  return [...element.attributes].flatMap(({ name, value }) => {
    if (name === 'href') return value.startsWith('#') ? [value.slice(1)] : [];
    return [...value.matchAll(/url\(\s*["']?#([^"')]+)/g)].map(([, id = '']) => id.trim());
  });
}
