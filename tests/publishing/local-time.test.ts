import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTimeZone } from '../../src/lib/time-zone.ts';
import { describeInstant, resolveLocalTime } from '../../src/modules/publishing/schedule/local-time.ts';

const resolve = (local: string, timeZone: string) => {
  const { ok, ...rest } = resolveLocalTime(local, timeZone);
  return ok && 'at' in rest ? rest.at.toISOString() : rest;
};

describe('local times', () => {
  test('a local time resolves to the instant at which clocks in the zone show it', () => {
    expect(resolve('2026-12-01T09:00', 'Australia/Brisbane')).toBe('2026-11-30T23:00:00.000Z');
    expect(resolve('2026-07-01T09:00', 'Australia/Brisbane')).toBe('2026-06-30T23:00:00.000Z');
    expect(resolve('2026-07-01T09:00', 'Europe/Berlin')).toBe('2026-07-01T07:00:00.000Z');
    expect(resolve('2026-12-01T09:00:30', 'Europe/Berlin')).toBe('2026-12-01T08:00:30.000Z');
    expect(resolve('2026-12-01T09:00', 'Asia/Kathmandu')).toBe('2026-12-01T03:15:00.000Z');
    expect(resolve('2028-02-29T00:00', 'UTC')).toBe('2028-02-29T00:00:00.000Z');
  });

  test('a local time with zero seconds is kept without seconds', () => {
    expect(resolveLocalTime('2026-12-01T09:00:00', 'Asia/Calcutta')).toEqual({
      ok: true,
      at: new Date('2026-12-01T03:30:00Z'),
      local: '2026-12-01T09:00',
      timeZone: 'Asia/Calcutta',
    });
  });

  test('a local time that the clocks skip is refused with the times before and after the gap', () => {
    expect(resolve('2027-03-28T02:30', 'Europe/Berlin')).toEqual({
      code: 'skipped',
      message: expect.stringContaining('does not exist in Europe/Berlin'),
      choices: ['2027-03-28T01:30:00+01:00', '2027-03-28T03:30:00+02:00'],
    });
    expect(resolve('2026-10-04T02:15', 'Australia/Lord_Howe')).toMatchObject({
      choices: ['2026-10-04T01:45:00+10:30', '2026-10-04T02:45:00+11:00'],
    });
    expect(resolve('2027-03-28T01:59:59', 'Europe/Berlin')).toBe('2027-03-28T00:59:59.000Z');
    expect(resolve('2027-03-28T03:00', 'Europe/Berlin')).toBe('2027-03-28T01:00:00.000Z');
  });

  test('a local time on a day that the zone skipped is refused with the days before and after', () => {
    expect(resolve('2011-12-30T10:00', 'Pacific/Apia')).toMatchObject({
      code: 'skipped',
      choices: ['2011-12-29T10:00:00-10:00', '2011-12-31T10:00:00+14:00'],
    });
  });

  test('a local time that the clocks show twice is refused with both instants', () => {
    expect(resolve('2026-10-25T02:30', 'Europe/Berlin')).toEqual({
      code: 'repeated',
      message: expect.stringContaining('2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00'),
      choices: ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00'],
    });
    expect(resolve('2026-04-05T01:45', 'Australia/Lord_Howe')).toMatchObject({
      choices: ['2026-04-05T01:45:00+11:00', '2026-04-05T01:45:00+10:30'],
    });
    expect(resolve('2026-10-25T03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
  });

  test.each([
    '2026-02-30T09:00',
    '2027-02-29T09:00',
    '2026-04-31T09:00',
    '2026-13-01T09:00',
    '2026-00-10T09:00',
  ])('the local time %s is refused because its date does not exist', (local) => {
    expect(resolve(local, 'Europe/Berlin')).toMatchObject({ code: 'no_such_date', choices: [] });
  });

  test.each([
    ...['', '2026-12-01', '2026-12-01T09', '2026-12-01 09:00', '2026-12-01T24:00', '2026-12-01T09:60'],
    ...['2026-12-31T23:59:60', '2026-12-01T09:00Z', '2026-12-01T09:00+01:00', '2026-12-01T09:00:00.5'],
    ...['2026-12-01T09:00[Europe/Berlin]', '+012026-12-01T09:00', '2026-12-01T09:00\n', '٢٠٢٦-12-01T09:00'],
  ])('%j is refused as a malformed local time', (local) => {
    expect(resolve(local, 'Europe/Berlin')).toMatchObject({ code: 'malformed' });
  });

  test('a local time outside the years that RFC 3339 can express is refused', () => {
    expect(resolve('9998-12-31T23:59', 'Pacific/Honolulu')).toBe('9999-01-01T09:59:00.000Z');
    expect(resolve('9999-12-31T23:59', 'UTC')).toMatchObject({ code: 'out_of_range' });
    expect(resolve('0000-01-01T00:00', 'UTC')).toMatchObject({ code: 'out_of_range' });
  });

  test('a local time in an unknown time zone is refused', () => {
    expect(resolve('2026-12-01T09:00', 'Mars/Olympus')).toMatchObject({ code: 'unknown_time_zone' });
    expect(resolve('2026-12-01T09:00', '+10:00')).toMatchObject({ code: 'unknown_time_zone' });
  });
});

describe('time zone names', () => {
  test.each([
    'UTC',
    'Europe/Kyiv',
    'Europe/Kiev',
    'Asia/Calcutta',
    'America/Port-au-Prince',
    'Etc/GMT+5',
    'EST5EDT',
  ])('%s is a valid IANA time zone name', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each([
    ...[
      '',
      'Z',
      '+10:00',
      '-0330',
      'PST',
      'JST',
      'europe/berlin',
      'Mars/Olympus',
      'Europe/Berlin ',
      'constructor',
    ],
    ...['2026-01-01T00:00[Europe/Berlin]', 'Europe/Berlin\u0000', '../etc/passwd'],
  ])('%j is not a valid time zone name', (text) => {
    expect(isTimeZone(text)).toBe(false);
  });
});

describe('instants as local times', () => {
  test('an instant is formatted as the local time in the zone, with seconds only when they are not zero', () => {
    const at = new Date('2026-11-30T23:00:00Z');
    expect(describeInstant(at, 'Australia/Brisbane')).toBe('2026-12-01T09:00');
    expect(describeInstant(new Date('2026-10-25T01:30:05.900Z'), 'Europe/Berlin')).toBe(
      '2026-10-25T02:30:05',
    );
  });

  test('the local time of an instant resolves to that instant or offers it as a choice', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone').filter(isTimeZone));
    const second = fc.integer({ min: Date.UTC(2001, 0) / 1000, max: Date.UTC(2099, 0) / 1000 });
    fc.assert(
      fc.property(second, zones, (seconds, timeZone) => {
        const at = new Date(seconds * 1000);
        const found = resolveLocalTime(describeInstant(at, timeZone), timeZone);
        const instants = found.ok ? [found.at] : found.choices.map((choice) => new Date(choice));
        expect(instants).toContainEqual(at);
      }),
    );
  });
});
