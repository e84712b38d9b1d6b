import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { environment, loadConfig } from '../../src/config.ts';

const readExample = () => readFile(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8');

test('.env.example names every variable that the configuration reads, and no other', async () => {
  const named = [...(await readExample()).matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);

  expect(named.toSorted()).toEqual(Object.keys(environment.shape).toSorted());
});

test('.env.example, copied as it is, changes nothing', async () => {
  expect(loadConfig(parseEnv(await readExample()))).toEqual(loadConfig({}));
});

test('what .env.example shows commented out can be used', async () => {
  const uncommented = (await readExample()).replaceAll(/^# ([A-Z][A-Z0-9_]*=)/gm, '$1');

  expect(() => loadConfig(parseEnv(uncommented))).not.toThrow();
});
