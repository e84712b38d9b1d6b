import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { environment } from '../../src/environment.ts';

const readExample = () => readFile(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8');

test('.env.example lists exactly the variables that the configuration reads', async () => {
  const named = [...(await readExample()).matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);

  expect(named.toSorted()).toEqual(Object.keys(environment.shape).toSorted());
});

test('.env.example has the default configuration', async () => {
  expect(loadConfig(parseEnv(await readExample()))).toEqual(loadConfig({}));
});

test('every value that is commented out in .env.example is valid', async () => {
  const uncommented = (await readExample()).replaceAll(/^# ([A-Z][A-Z0-9_]*=)/gm, '$1');

  expect(() => loadConfig(parseEnv(uncommented))).not.toThrow();
});
