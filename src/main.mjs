import { keepCompiledSources } from './lib/compile-cache.mjs';

keepCompiledSources();
await import('./server.ts');
