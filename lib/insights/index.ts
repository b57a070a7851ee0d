/** Measures of the installation itself. */
export { checkReadiness } from './check-readiness';
export type * from './views';
