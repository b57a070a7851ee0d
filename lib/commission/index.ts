/** What the city charges its shops: dated rates, announced before they count, previewed before they are announced. */
export { listRules } from './list-rules';
export { previewRule } from './preview-rule';
export { type CommissionRefusal, commissionRuleInput, earliestStart, NOTICE_DAYS, scheduleRule, withdrawRule } from './schedule-rule';
export { listDepartmentSubjects, listSubjects } from './subjects';
export type * from './views';
export { findRuleWords, ruleSentence } from './rule-words';
