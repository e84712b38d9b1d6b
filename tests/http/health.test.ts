import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-zod-openapi';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { healthRoutes } from '../../src/http/health.ts';
import { problemMaker } from '../../src/http/make-problem.ts';
import { handleProblems } from '../../src/http/problem.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

test.each(['/health/live', '/health/ready'])('%s names the release that runs', async (url) => {
  expect(await masthead.anonymous.get(url)).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: { status: 'ok', version: manifest.version },
  });
});

test('a node whose database does not answer is not ready, and asks once for all checks at the same time', async () => {
  let pings = 0;
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleProblems(app, problemMaker('http://masthead.test'));
  await app.register(healthRoutes, {
    traffic: { isDraining: false, isOutdated: false },
    ping: () => {
      pings += 1;
      return new Promise(() => {});
    },
  });
  const checks = [app.inject('/health/ready'), app.inject('/health/ready')];
  for (const { statusCode, headers } of await Promise.all(checks)) {
    expect(statusCode).toBe(503);
    expect(headers['retry-after']).toBeDefined();
  }
  expect(pings).toBe(1);
  await app.close();
});
