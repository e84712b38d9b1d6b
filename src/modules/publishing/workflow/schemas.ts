import { z } from 'zod';

export const publicationInput = z
  .strictObject({})
  .meta({ id: 'PublicationInput', description: 'Nothing to say yet.', examples: [{}] });
