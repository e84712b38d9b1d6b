/** Notified when an import is waiting for a worker. */
export const IMPORTS_CHANNEL = 'masthead_paper_imports';
