import { expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

let plans = 0;
/** Done once, after a page has read that nothing is left and before it says so. */
let meanwhile: (() => Promise<void>) | undefined;

const engine = await testEngine({
  around: (activities) => ({
    ...activities,
    planRequest: (ids) => {
      plans += 1;
      return activities.planRequest(ids);
    },
    findDue: async (range) => {
      const found = await activities.findDue(range);
      const act = meanwhile;
      if (found.due.length > 0 || !act) return found;
      meanwhile = undefined;
      await act();
      return found;
    },
  }),
});

it('a lead that is added while its page is ending is called', async () => {
  const id = await engine.launch([], { open: true });
  meanwhile = async () => {
    const before = plans;
    await engine.add(id, people(1, 1, 1));
    // The request has seen the new row while the page still counts as running.
    await engine.until(async () => plans > before);
  };
  await engine.add(id, people(1, 1));
  await engine.until(async () => (await engine.outcomes(id)).BUSY === 2);
  await engine.change(id, { closed_at: new Date() });
  expect(await engine.finished(id)).toEqual({ status: 'COMPLETED', loaded: 2, added: 2 });
});
