/** Every day our books are laid beside the provider's; what differs is listed and explained, never hidden. */
export { compareBooks, type Difference, type Movement } from './compare-books';
export { listReconciliations } from './list-reconciliations';
export { differenceNoteInput, noteDifference } from './note-difference';
export { type Reconciled, reconcileDay, reconcileYesterday } from './reconcile-day';
export type * from './views';
