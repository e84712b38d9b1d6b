import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/**
 * Reads Scalar's script for browsers. Its package holds the script as a string in a module, and an imported module is
 * never released: it would take 40 MB. So a thread imports it when somebody first opens /docs, and ends afterwards.
 */
export async function readReferenceBundle(): Promise<string> {
  const worker = new Worker(new URL('./api-reference-worker.ts', import.meta.url));
  try {
    const [script] = await once(worker, 'message');
    return z.string().parse(script);
  } finally {
    await worker.terminate();
  }
}
