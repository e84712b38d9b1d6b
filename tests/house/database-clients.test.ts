import path from 'node:path';
import { expect, test } from 'vitest';
import { readSources } from './read-imports.ts';

const src = path.resolve(import.meta.dirname, '../../src');
const makesClient = /\bnew\s+(pg\.)?(Client|Pool)\b|\bnew PrismaPg\((?!pool\b|for[A-Z])/;

test('only database/connections.ts makes clients and pools of pg, which then survive the end of a connection', async () => {
  const sources = await readSources(src);
  const makers = [...sources].filter(([, text]) => makesClient.test(text)).map(([file]) => file);
  expect(makers).toEqual(['database/connections.ts']);
});

test.each([
  'const client = new pg.Client({ host });',
  'const pool = new pg.Pool(config);',
  'const pool = new Pool();',
  'new PrismaClient({ adapter: new PrismaPg({ connectionString }) })',
])('the rule refuses: %s', (text) => {
  expect(text).toMatch(makesClient);
});
