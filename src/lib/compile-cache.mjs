import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Node.js strips the types of the sources and compiles them. That is half of the start of a process or a thread, so the
 * results are kept, if this process may write there. Call it before the sources are imported, from JavaScript: what strips
 * types takes 20 MB, and later starts do without it.
 */
export function keepCompiledSources() {
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/compile'));
}
