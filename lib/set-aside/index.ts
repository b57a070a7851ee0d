export * from './check-limits';
export * from './rules';
