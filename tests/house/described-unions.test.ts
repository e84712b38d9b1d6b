import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contentItemInput, itemInput, itemPatch } from '../../src/modules/issues/tree/item-schemas.ts';
import { scheduleInput } from '../../src/modules/publishing/schedule/schemas.ts';

const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const ABSENT = Symbol('absent');

/** Every object that has one of the values of each field. */
function combine(fields: Record<string, unknown[]>): object[] {
  return Object.entries(fields).reduce<object[]>(
    (objects, [name, values]) =>
      objects.flatMap((object) =>
        values.map((value) => (value === ABSENT ? object : { ...object, [name]: value })),
      ),
    [{}],
  );
}

const ITEMS = combine({
  id: [ABSENT, id],
  kind: [ABSENT, 'note', 'link', 'paper', 'tool', 'media', 'promo', 'poem', null],
  paperId: [ABSENT, null, id, 'x'],
  title: [ABSENT, 'A title', 5],
  extra: [ABSENT, 1],
});
const SCHEDULES = combine({
  at: [ABSENT, '2026-12-01T09:00:00+10:00', '2026-12-01', null],
  local: [ABSENT, '2026-12-01T09:00', 'tomorrow'],
  timeZone: [ABSENT, 'Europe/Berlin', 'Mars'],
});

describe.each([
  ['ItemInput', itemInput, ITEMS],
  ['ContentItemInput', contentItemInput, ITEMS],
  ['ItemPatch', itemPatch, ITEMS],
  ['ScheduleInput', scheduleInput, SCHEDULES],
] as const)('%s', (_name, schema, inputs) => {
  const documented: z.ZodType = schema.out;

  test('the documented union accepts exactly what the server accepts', () => {
    for (const input of inputs) {
      expect(documented.safeParse(input).success, JSON.stringify(input)).toBe(
        schema.safeParse(input).success,
      );
    }
    expect(inputs.filter((input) => schema.safeParse(input).success)).not.toEqual([]);
  });

  test('a refusal names the values at fault, and not only the union', () => {
    for (const input of [...inputs, null, 'text', []]) {
      const codes = schema.safeParse(input).error?.issues.map(({ code }) => code) ?? [];
      expect(codes, JSON.stringify(input)).not.toContain('invalid_union');
    }
  });
});
