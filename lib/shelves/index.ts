export * from './answer-shelf-check';
export { ANSWER_KEPT_MINUTES, CHECK_MINUTES, askShelfCheck, type Asked, type AskRefusal } from './ask-shelf-check';
export * from './carried-units';
export * from './expected-deliveries';
export * from './list-shelf-checks';
export * from './list-transfers';
export * from './safety-rules';
export * from './transfer-stock';
export type * from './views';
