/** Payments a bank takes back: whose part they are, what is kept aside, and what the city answers. */
export { answerDispute, disputeAnswerInput, type DisputeRefusal } from './answer-dispute';
export { listDisputes } from './list-disputes';
export { settleDispute } from './settle-dispute';
export type * from './views';
