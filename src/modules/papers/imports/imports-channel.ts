/** Notified when there is an import to be worked on. */
export const IMPORTS_CHANNEL = 'masthead_paper_imports';
