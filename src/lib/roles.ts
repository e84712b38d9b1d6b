/** In ascending order. Each role includes the permissions of those before it. */
export const ROLES = ['viewer', 'author', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];
