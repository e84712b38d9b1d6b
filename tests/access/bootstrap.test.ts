import { expect, test } from 'vitest';
import { createFirstKey, ensureAdminKey } from '../../src/modules/access/bootstrap.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

test("the operator's own key is created once, even if several nodes start at the same time", async () => {
  const secret = 'the operator chose these thirty-two';
  await Promise.all(Array.from({ length: 5 }, () => ensureAdminKey(masthead.ctx, secret)));
  await ensureAdminKey(masthead.ctx, secret);
  expect(await masthead.database.prisma.apiKey.count({ where: { name: 'bootstrap' } })).toBe(1);
});

test("an operator's own key of the maximum length has full access", async () => {
  const secret = 'x'.repeat(200);
  await ensureAdminKey(masthead.ctx, secret);
  expect(await masthead.withKey(secret).get('/admin/v1/api-keys')).toMatchObject({ status: 200 });
});

test('one first key is created only if there is no key yet, even if several nodes start at the same time', async () => {
  expect(await createFirstKey(masthead.ctx)).toBeNull();
  await masthead.database.prisma.apiKey.deleteMany();
  const made = await Promise.all(Array.from({ length: 5 }, () => createFirstKey(masthead.ctx)));
  const secrets = made.filter((secret) => secret !== null);
  expect(secrets).toHaveLength(1);
  expect(await masthead.withKey(secrets[0] ?? '').get('/admin/v1/api-keys')).toMatchObject({ status: 200 });
});
