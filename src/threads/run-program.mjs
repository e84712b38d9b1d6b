import { workerData } from 'node:worker_threads';
import { keepCompiledSources } from '../lib/compile-cache.mjs';

keepCompiledSources();
await import(workerData.program);
