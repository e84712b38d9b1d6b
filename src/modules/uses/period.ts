import { z } from 'zod';

/** A year or a month in UTC. `to` is the start of the next one and excluded. */
export const period = z
  .string()
  .regex(/^[1-9]\d{3}(-(0[1-9]|1[0-2]))?$/, { error: 'must be a year or a month, such as 2022 or 2022-02' })
  .transform((text) => {
    const [year = 0, month] = text.split('-').map(Number);
    if (month === undefined) return { from: startOf(year, 1), to: startOf(year + 1, 1) };
    return { from: startOf(year, month), to: startOf(year, month + 1) };
  })
  .meta({
    description: 'Year or month of publication, in UTC.',
    examples: ['2022-02'],
    override: { type: 'string' },
  });
export type Period = z.infer<typeof period>;

/** `month` starts at 1. Month 13 is January of the next year. */
function startOf(year: number, month: number): Date {
  return new Date(Date.UTC(year, month - 1));
}
