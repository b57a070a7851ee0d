/** The engine's one door. Everything here is pure: no clock, no chance, no input or output. */
export * from './acceptance';
export * from './apportion';
export * from './commission';
export * from './lifecycle';
export * from './opening';
export * from './pickup-promise';
export * from './quantity-map';
export * from './routing/alternatives';
export * from './routing/case';
export { evaluatePlan } from './routing/evaluate';
export type { BrokenRule, EvaluatedPlan } from './routing/evaluate';
export { solve } from './routing/solve';
export * from './stock';
export * from './stock-confidence';
export * from './vat';
