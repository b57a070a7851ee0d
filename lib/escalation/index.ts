export { escalateSilent } from './escalate-silent';
export { stepDue, type Silence } from './step-due';
