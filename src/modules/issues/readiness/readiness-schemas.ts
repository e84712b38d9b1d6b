import { z } from 'zod';

const obstacle = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON Pointer (RFC 6901) into the issue that `GET /issues/{id}` returns.' }),
    code: z.string(),
    message: z.string(),
    remedy: z.string().meta({ description: 'How to fix it.' }),
  })
  .meta({ id: 'Obstacle' });

export const readiness = z
  .object({
    ready: z.boolean(),
    problems: z.array(obstacle).meta({ description: 'Problems that prevent scheduling and publishing.' }),
    warnings: z
      .array(obstacle)
      .meta({ description: 'Warnings. They do not prevent scheduling and publishing.' }),
  })
  .meta({
    id: 'Readiness',
    examples: [
      {
        ready: false,
        problems: [
          {
            pointer: '/sections/0/items/1/body',
            code: 'body_or_link_missing',
            message: 'has nothing to show: no body, no link, no figure and no paper',
            remedy: 'Write a body, or add a link, a figure or a paper.',
          },
        ],
        warnings: [],
      },
    ],
  });
