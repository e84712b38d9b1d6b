import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Node.js strips the types of the sources and compiles them. That is half of a start, so the results are kept, if this
// process may write there. This file is JavaScript, because what strips types takes 20 MB, and later starts do without it.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'));
await import('./server.ts');
