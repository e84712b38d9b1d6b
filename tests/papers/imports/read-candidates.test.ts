import { expect, test } from 'vitest';
import { readCandidates } from '../../../src/modules/papers/imports/matching/candidate.ts';

test('other work can run after a record was read and again after it was validated', () => {
  const steps = [...readCandidates('TY  - JOUR\nTI  - A title\nER  - \n', 'ris')];

  expect(steps).toEqual([null, null, expect.objectContaining({ position: 1 })]);
});
