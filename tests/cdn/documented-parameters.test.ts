import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { OPEN_TO_ALL } from '../../src/lib/exposed-headers.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFile(path.join(root, file), 'utf8');

const parameter = z.object({ name: z.string(), in: z.string() });
const reference = z.object({ $ref: z.string() });
const document = z.object({
  paths: z.record(
    z.string(),
    z
      .object({ get: z.object({ parameters: z.array(z.union([reference, parameter])).default([]) }) })
      .partial(),
  ),
  components: z.object({ parameters: z.record(z.string(), parameter) }),
});

/** The names of the query parameters of all addresses that caches in front keep. */
async function publicParameters(): Promise<string[]> {
  const { paths, components } = document.parse(JSON.parse(await read('openapi.json')));
  const cached = Object.entries(paths).filter(([address]) => /^\/(content\/v1|media)\//.test(address));
  const parameters = cached.flatMap(([, { get }]) => get?.parameters ?? []);
  const named = parameters.map((each) =>
    '$ref' in each ? parameter.parse(components.parameters[each.$ref.split('/').at(-1) ?? '']) : each,
  );
  return [...new Set(named.filter((each) => each.in === 'query').map(({ name }) => name))].sort();
}

test('docs/varnish.vcl keeps the query parameters that some address knows, and no others', async () => {
  const names = (await publicParameters()).join('|');
  const vcl = await read('docs/varnish.vcl');
  expect([...vcl.matchAll(/\(\?:([a-z|]+)\)=/g)].map(([, listed]) => listed)).toEqual([names, names]);
});

test('docs/cdn.md lists these parameters', async () => {
  const page = (await read('docs/cdn.md')).replaceAll('\n', ' ');
  const names = (await publicParameters()).map((name) => `\`${name}\``).join(', ');
  expect(page).toContain(`${names}.`);
});

test('a 503 of docs/varnish.vcl exposes the headers that Masthead exposes', async () => {
  const [, exposed] = /Expose-Headers = "([^"]+)"/.exec(await read('docs/varnish.vcl')) ?? [];
  expect(exposed).toBe(OPEN_TO_ALL['access-control-expose-headers']);
});
