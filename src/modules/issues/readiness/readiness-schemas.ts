import { z } from 'zod';

const obstacle = z
  .object({
    pointer: z.string().meta({ description: 'Into the issue as GET /issues/{id} shows it.' }),
    code: z.string(),
    message: z.string(),
    remedy: z.string().meta({ description: 'How to mend it.' }),
  })
  .meta({ id: 'Obstacle' });

export const readiness = z
  .object({
    ready: z.boolean(),
    problems: z
      .array(obstacle)
      .meta({ description: 'Each keeps the issue from being scheduled or published.' }),
    warnings: z.array(obstacle).meta({ description: 'For the editor to weigh.' }),
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
            message: 'has neither body nor link',
            remedy: 'Write a body or add a link.',
          },
        ],
        warnings: [],
      },
    ],
  });
