import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { eventsOf, make, patch, remove } from './noun.ts';
import { nounsWith } from './nouns.ts';

const masthead = useMasthead();

test.each(nounsWith('creation', 'events'))(
  'each change of $name records one event with its actor, and reading records none',
  async (noun) => {
    const { change, events } = noun;
    const client = masthead.as(noun.writer);
    const created = await make(masthead, noun);
    await noun.read(masthead, created.id);
    const expected = [events.describe('created', created, [])];
    let last = created;
    if (change) {
      last = { ...created, ...(await patch(noun, client, created.id, change.patches)).body };
      expected.push(events.describe('updated', last, Object.keys(change.patches)));
    }
    await remove(noun, client, created.id);
    expected.push(events.describe('deleted', last, []));

    const recorded = await eventsOf(masthead, { subjectId: created.id });
    expect(
      recorded.map(({ type, details, newsletterId }) => sortFields({ type, details, newsletterId })),
    ).toEqual(expected.map(sortFields));
    for (const event of recorded) {
      expect(event).toMatchObject({
        actorKind: 'key',
        actorName: `test ${noun.writer}`,
        subjectKind: events.subjectKind,
      });
    }
  },
);

/** The order in which an event names fields means nothing. */
function sortFields<T extends { details: unknown }>(event: T) {
  const details = { ...Object(event.details) };
  return { ...event, details: details.fields ? { ...details, fields: details.fields.toSorted() } : details };
}
