import { evaluatePlan } from '@/lib/oms';
import type { RoutingAnswer, RoutingCase } from '@/lib/oms';
import { compareCriteria, criteriaOf } from './exhaustive';
import type { Criteria } from './exhaustive';

/** What is wrong with an answer, given the best there is (undefined: nothing). Empty when it is right. */
export function wrongs(routing: RoutingCase, answer: RoutingAnswer, best: Criteria | undefined): readonly string[] {
  if (!Number.isSafeInteger(answer.bound.value)) return ['a bound that is no whole number'];
  if (answer.status === 'infeasible') return best ? ['infeasible, though there is a plan'] : [];
  if (answer.status === 'unknown') return best && answer.bound.value > best[answer.bound.criterion] ? ['a bound above the optimum'] : [];
  if (!best) return ['a plan where there is none'];
  const plan = evaluatePlan(routing, answer.uses);
  if (!plan.ok || JSON.stringify(plan.value.value) !== JSON.stringify(answer.value)) return ['a plan that is not what it says'];
  const difference = compareCriteria(routing.goal, answer.value, best);
  if (difference < 0) return ['a plan better than the best'];
  if (answer.status === 'optimal') return difference > 0 ? ['not the best'] : [];
  const { criterion, value } = answer.bound;
  const before = criteriaOf(routing.goal, { ...answer.value, [criterion]: -1 });
  const settled = before.slice(0, before.indexOf(-1));
  return [
    ...(value > best[criterion] ? ['a bound above the optimum'] : []),
    ...(settled.join() === criteriaOf(routing.goal, best).slice(0, settled.length).join() ? [] : ['settled, but not so']),
  ];
}
