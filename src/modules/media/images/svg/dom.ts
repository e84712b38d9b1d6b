import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';

/** A window without scripts and network access. jsdom takes almost a second to load, so import this file only for an SVG. */
export const { window } = new JSDOM('');
export const purifier = createDOMPurify(window);
