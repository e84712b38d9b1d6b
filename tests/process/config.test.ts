import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

describe('the environment', () => {
  test('may be empty', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      dataDir: '.data',
      bootstrapAdminKey: null,
      sampleContent: null,
      publicUrl: 'http://127.0.0.1:3000',
      corsOrigins: [],
      logLevel: 'info',
    });
  });

  test('takes a variable without a value as unset', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test('gives public addresses that can be reached when it listens everywhere', () => {
    expect(loadConfig({ HOST: '0.0.0.0', PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(loadConfig({ PUBLIC_URL: 'https://news.example.com/' }).publicUrl).toBe(
      'https://news.example.com',
    );
  });

  test('is refused with every fault named, and no value, which may be a secret', () => {
    const secret = 'hunter2 hunter2 hunter2 hunter2 hunter2';
    const load = () =>
      loadConfig({
        PORT: '70000',
        DATABASE_URL: 'mysql://user:hunter2@host/db',
        BOOTSTRAP_ADMIN_KEY: secret,
        SAMPLE_CONTENT: 'yes',
        PUBLIC_URL: 'ftp://x',
        CORS_ORIGINS: 'https://ok.example.com, https://with.path/x',
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
      'LOG_LEVEL',
    ];
    for (const name of names) expect(load).toThrow(new RegExp(`^  ${name}: `, 'm'));
    expect(load).not.toThrow(/hunter2/);
  });

  test('cannot be changed once it is read', () => {
    const config = loadConfig({});
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });
});
