/** The engine's one door. Everything here is pure: no clock, no chance, no input or output. */
export * from './apportion';
export * from './lifecycle';
export * from './quantity-map';
export * from './routing/alternatives';
export * from './routing/case';
export { evaluatePlan } from './routing/evaluate';
export type { BrokenRule, EvaluatedPlan } from './routing/evaluate';
export { solve } from './routing/solve';
