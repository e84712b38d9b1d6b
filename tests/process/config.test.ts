import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

describe('the environment', () => {
  test('an empty environment gives the defaults', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      dataDir: '.data',
      bootstrapAdminKey: null,
      sampleContent: null,
      publicUrl: 'http://127.0.0.1:3000',
      corsOrigins: [],
      contentCacheBytes: 64 * 1024 * 1024,
      mediaMaxBytes: 20 * 1024 * 1024,
      mediaCrops: [{ width: 1200, height: 630 }],
      mediaS3: null,
      cdnPurgeUrls: [],
      metadata: {
        isEnabled: true,
        site: null,
        contact: null,
        arxivUrl: 'https://export.arxiv.org',
        crossrefUrl: 'https://api.crossref.org',
        dataciteUrl: 'https://api.datacite.org',
      },
      logLevel: 'info',
    });
  });

  test('a variable with an empty value counts as unset', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test('the default public URL uses localhost when the server listens on all interfaces', () => {
    expect(loadConfig({ HOST: '0.0.0.0', PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(loadConfig({ PUBLIC_URL: 'https://news.example.com/' }).publicUrl).toBe(
      'https://news.example.com',
    );
  });

  test('an admin key that can be guessed is refused', () => {
    const load = () => loadConfig({ BOOTSTRAP_ADMIN_KEY: 'abcabca'.repeat(6) });
    expect(load).toThrow(/BOOTSTRAP_ADMIN_KEY.*8 different characters/);
  });

  test('the refusal names every faulty variable but no value, because a value may be a secret', () => {
    const secret = 'hunter2 hunter2 hunter2 hunter2 hunter2';
    const load = () =>
      loadConfig({
        PORT: '70000',
        DATABASE_URL: 'mysql://user:hunter2@host/db',
        BOOTSTRAP_ADMIN_KEY: secret,
        SAMPLE_CONTENT: 'yes',
        PUBLIC_URL: 'ftp://x',
        CORS_ORIGINS: 'https://ok.example.com, https://with.path/x',
        CDN_PURGE_URLS: 'http://ok/, http://user:hunter2@varnish/',
        METADATA_LOOKUP: 'maybe',
        METADATA_CONTACT: 'hunter2',
        ARXIV_URL: 'ftp://hunter2',
        CROSSREF_URL: 'https://user:hunter2@crossref',
        DATACITE_URL: 'https://datacite/?key=hunter2',
        LOG_LEVEL: 'loud',
      });
    expect(load).toThrow(ConfigError);
    const names = [
      'PORT',
      'DATABASE_URL',
      'BOOTSTRAP_ADMIN_KEY',
      'SAMPLE_CONTENT',
      'PUBLIC_URL',
      'CORS_ORIGINS',
      'CDN_PURGE_URLS',
      'METADATA_LOOKUP',
      'METADATA_CONTACT',
      'ARXIV_URL',
      'CROSSREF_URL',
      'DATACITE_URL',
      'LOG_LEVEL',
    ];
    for (const name of names) expect(load).toThrow(new RegExp(`^  ${name}: `, 'm'));
    expect(load).not.toThrow(/hunter2/);
  });

  test('CDN_PURGE_URLS is a list of caches to purge', () => {
    const CDN_PURGE_URLS = 'http://varnish:6081/, https://cache.example.com/purge';
    expect(loadConfig({ CDN_PURGE_URLS }).cdnPurgeUrls).toEqual([
      'http://varnish:6081/',
      'https://cache.example.com/purge',
    ]);
  });

  test('metadata look-ups can be configured and switched off', () => {
    const config = loadConfig({
      METADATA_LOOKUP: 'false',
      METADATA_CONTACT: 'newsroom@example.com',
      PUBLIC_URL: 'https://news.example.com/',
      ARXIV_URL: 'http://127.0.0.1:9000/arxiv/',
    });
    expect(config.metadata).toEqual({
      isEnabled: false,
      site: 'https://news.example.com',
      contact: 'newsroom@example.com',
      arxivUrl: 'http://127.0.0.1:9000/arxiv',
      crossrefUrl: 'https://api.crossref.org',
      dataciteUrl: 'https://api.datacite.org',
    });
    expect(() => Object.assign(config.metadata, { contact: 'other' })).toThrow(TypeError);
  });

  const s3 = {
    MEDIA_STORAGE: 's3',
    S3_BUCKET: 'figures',
    S3_ACCESS_KEY_ID: 'AKIA',
    S3_SECRET_ACCESS_KEY: 'hunter2',
  };

  test('media can be stored on S3', () => {
    expect(loadConfig(s3).mediaS3).toEqual({
      endpoint: null,
      region: 'us-east-1',
      bucket: 'figures',
      accessKeyId: 'AKIA',
      secretAccessKey: 'hunter2',
      pathStyle: false,
      isPresigned: false,
      baseUrl: null,
    });
    const server = { S3_ENDPOINT: 'http://127.0.0.1:9000', S3_REGION: 'local', S3_PATH_STYLE: 'true' };
    expect(loadConfig({ ...s3, ...server, MEDIA_REDIRECT: 'presigned' }).mediaS3).toMatchObject({
      endpoint: 'http://127.0.0.1:9000',
      region: 'local',
      pathStyle: true,
      isPresigned: true,
    });
    const cdn = { MEDIA_BASE_URL: 'https://cdn.example.com/media/' };
    expect(loadConfig({ ...s3, ...cdn }).mediaS3?.baseUrl).toBe('https://cdn.example.com/media');
    expect(loadConfig({ ...s3, MEDIA_STORAGE: 'disk' }).mediaS3).toBeNull();
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'S3 without its settings',
      { MEDIA_STORAGE: 's3' },
      ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    ],
    ['an access key without its secret', { ...s3, S3_SECRET_ACCESS_KEY: '' }, ['S3_SECRET_ACCESS_KEY']],
    ['a redirect with media on the disk', { MEDIA_REDIRECT: 'presigned' }, ['MEDIA_REDIRECT']],
    ['a CDN URL with media on the disk', { MEDIA_BASE_URL: 'https://cdn.example.com' }, ['MEDIA_BASE_URL']],
    [
      'two kinds of redirects',
      { ...s3, MEDIA_REDIRECT: 'presigned', MEDIA_BASE_URL: 'https://cdn.example.com' },
      ['MEDIA_BASE_URL'],
    ],
    [
      'missing and malformed settings',
      { ...s3, S3_BUCKET: '', S3_ENDPOINT: 'hunter2', S3_PATH_STYLE: 'hunter2', PORT: 'hunter2' },
      ['PORT', 'S3_ENDPOINT', 'S3_PATH_STYLE', 'S3_BUCKET'],
    ],
    [
      'invalid values for S3',
      { MEDIA_STORAGE: 'tape', S3_BUCKET: 'a/b', MEDIA_REDIRECT: 'hunter2', MEDIA_BASE_URL: 'http://x' },
      ['MEDIA_STORAGE', 'S3_BUCKET', 'MEDIA_REDIRECT', 'MEDIA_BASE_URL', 'MEDIA_BASE_URL'],
    ],
  ])('%s is refused with one line for each fault', (_what, env, names) => {
    const load = () => loadConfig(env);
    expect(load).toThrow(ConfigError);
    const lines = names.map((name) => `\n  ${name}: [^\n]+`).join('');
    expect(load).toThrow(new RegExp(`^The environment has invalid variables:${lines}$`));
    expect(load).not.toThrow(/hunter2/);
  });

  test('the loaded configuration cannot be changed', () => {
    const config = loadConfig({});
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
    const { mediaS3 } = loadConfig(s3);
    expect(() => Object.assign(mediaS3 ?? {}, { bucket: 'other' })).toThrow(TypeError);
  });
});
