import { describe, expect, test } from 'vitest';
import { alternatives, evaluatePlan, parseCase, solve } from '@/lib/oms';
import { permuted } from './support/permuted';
import { CAP_SCALE, provenCases, publishedOptima, referenceCase } from './support/reference';

describe('a case with a proven optimum is solved to it', () => {
  test.each(provenCases().map((proven) => [proven.id, proven] as const))('%s', (_, proven) => {
    const parsed = parseCase(proven);
    if (!parsed.ok) throw new Error(parsed.error.reason);
    const answer = solve(parsed.value);
    expect({ status: answer.status, ...answer.value }).toMatchObject(proven.optimal);
    if (answer.status !== 'optimal') return;
    const recomputed = evaluatePlan(parsed.value, answer.uses);
    expect(recomputed.ok && recomputed.value.value).toEqual(answer.value);
  });
});

const ORDERS = 50;

test(`a case with a proven optimum gets the same answer under ${ORDERS} orders of its input`, { timeout: 300_000 }, () => {
  for (const proven of provenCases()) {
    const answer = JSON.stringify(solve(proven));
    for (let seed = 0; seed < ORDERS; seed += 1) {
      const other = JSON.stringify(solve(permuted(proven, seed)));
      if (other !== answer) expect([proven.id, seed, other]).toEqual([proven.id, seed, answer]);
    }
  }
});

describe('the trade-offs of a case are the proven ones', () => {
  const withFronts = provenCases().flatMap((proven) => (proven.fronts ? [[proven.id, proven, proven.fronts] as const] : []));
  test.each(withFronts)(
    '%s',
    (_, proven, fronts) => {
      expect(alternatives(proven, { maxNodes: 1_000 }).fronts).toEqual(fronts);
    },
    120_000,
  );
});

describe('a published instance is solved to its published optimum', () => {
  const facilityLocation = Object.entries(publishedOptima).filter(([name]) => name.startsWith('cap'));
  test.each(facilityLocation)('%s', (name, optimum) => {
    const answer = solve(referenceCase(name));
    expect([answer.status, answer.value.cents]).toEqual(['optimal', Math.round(optimum * CAP_SCALE)]);
  });
});

describe('on a set-covering instance beyond any basket the answer stays true', () => {
  const covering = Object.entries(publishedOptima).filter(([name]) => name.startsWith('scp'));
  test.each(covering)('%s', (name, optimum) => {
    const routing = referenceCase(name);
    const answer = solve(routing, { maxNodes: 30 });
    expect(evaluatePlan(routing, answer.uses).ok).toBe(true);
    expect(answer.value.cents).toBeGreaterThanOrEqual(optimum);
    expect(answer.bound.value).toBeLessThanOrEqual(optimum);
    if (answer.status === 'optimal') expect(answer.value.cents).toBe(optimum);
  });
});
