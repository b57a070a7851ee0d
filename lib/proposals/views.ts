import type { Instant } from '@/lib/kernel';

/** A shop people would like to see here. */
export type ProposalView = {
  readonly key: string;
  readonly name: string;
  /** Where it is and why, as whoever named it first wrote; may be empty. */
  readonly street: string;
  readonly words: string;
  readonly wishes: number;
  readonly proposedAt: Instant;
};
