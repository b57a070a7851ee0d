export * from './ids';
export * from './instant';
export * from './invariant';
export * from './money';
export * from './quantity';
export * from './result';
export * from './scope';
export * from './events';
