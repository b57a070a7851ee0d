export { LONGEST_NAME, LONGEST_WORDS, proposalInput, proposeShop, type ProposalRefusal } from './propose-shop';
export { listProposals, seeProposal } from './read-proposals';
export type { ProposalView } from './views';
