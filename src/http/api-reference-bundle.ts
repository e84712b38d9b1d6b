import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/**
 * Reads Scalar's script for browsers. Its package holds the script as a string in a module, and a module that was
 * imported is never released: 40 MB. So a thread imports it, which ends afterwards, and only if somebody opens /docs.
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
