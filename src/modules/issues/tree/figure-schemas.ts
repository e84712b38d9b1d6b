import { z } from 'zod';
import { text, uuid } from '../../../schemas.ts';
import { credit, creditInput } from '../../media/record/credit-schemas.ts';

/** A field that is null or absent takes the value of the media file. Empty alt text marks a decorative image. */
const overrides = {
  alt: text(2_000).nullable(),
  caption: text(2_000).nullable(),
};

export const figureInput = z
  .strictObject({ mediaId: uuid, ...overrides, credit: creditInput.nullable() })
  .partial({ alt: true, caption: true, credit: true })
  .meta({
    id: 'FigureInput',
    description:
      'The use of a media file. A field that is null or absent takes the value of the media file. Empty alt text marks a decorative image. A figure that the body does not show with `![](media:<id>)` is shown after the body.',
    examples: [{ mediaId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11', caption: 'The model at a glance' }],
  });
export type FigureInput = z.infer<typeof figureInput>;

export const figure = z
  .object({ mediaId: uuid, ...overrides, credit: credit.nullable() })
  .meta({ id: 'Figure' });
