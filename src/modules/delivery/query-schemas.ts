import { z } from 'zod';

export const year = z
  .string()
  .regex(/^[1-9]\d{3}$/, { error: 'must be a year of four digits' })
  .transform(Number)
  .meta({
    description: 'In which it was published, in the newsletter’s time zone.',
    override: { type: 'integer', minimum: 1000, maximum: 9999 },
  });
