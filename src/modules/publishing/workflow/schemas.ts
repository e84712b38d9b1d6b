import { z } from 'zod';

export const publicationInput = z
  .strictObject({})
  .meta({ id: 'PublicationInput', description: 'An empty object.', examples: [{}] });
