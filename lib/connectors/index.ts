export { dryRunFile } from './dry-run-file';
export type { DryRun, ImportWarning } from './dry-run-file';
export type { FileRefusal } from './file/table';
