import { parentPort } from 'node:worker_threads';
import scalar from '@scalar/fastify-api-reference';
import Fastify from 'fastify';

/** A thread that sends Scalar's script for browsers. The package hands it out only as a plugin that serves it. */
const app = Fastify();
await app.register(scalar, { routePrefix: '/', configuration: { url: '/openapi.json' } });
const { statusCode, payload } = await app.inject('/js/scalar.js');
if (statusCode !== 200) throw new Error(`Scalar's plugin answered ${statusCode} for its script.`);
parentPort?.postMessage(payload);
