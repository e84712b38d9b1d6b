import type { Element } from 'jsdom';
import { window } from './dom.ts';

/**
 * Counts the elements that a browser draws: an element counts once for each reference to it. Forty elements that each use
 * the previous one twice amount to a trillion, on which browsers hang.
 */
export function countDrawn(root: Element): number {
  const elements = [...root.querySelectorAll('*')];
  const byId = new Map(elements.map((element) => [element.getAttribute('id'), element]));
  const counted = new Map<Element, number>();
  const count = (element: Element): number => {
    const known = counted.get(element);
    if (known !== undefined) return known;
    // An element that refers to itself counts once.
    counted.set(element, 0);
    const used = referencesOf(element).map((id) => byId.get(id));
    // `childNodes`, because jsdom looks up named items each time `children` is accessed, which is slow.
    const inside = [...element.childNodes, ...used].filter(
      (node): node is Element => node instanceof window.Element,
    );
    const sum = inside.reduce((total, each) => total + count(each), 1);
    counted.set(element, sum);
    return sum;
  };
  return count(root);
}

/** Returns the ids in `href` attributes and in `url()`, which paints, masks, markers and filters use. */
function referencesOf(element: Element): string[] {
  return [...element.attributes].flatMap(({ name, value }) => {
    if (name === 'href') return value.startsWith('#') ? [value.slice(1)] : [];
    return [...value.matchAll(/url\(\s*["']?#([^"')]+)/g)].map(([, id = '']) => id.trim());
  });
}
