import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';

/** A window in which nothing runs and nothing is fetched. It takes most of a second to load, so only for a drawing. */
export const { window } = new JSDOM('');
export const purifier = createDOMPurify(window);
