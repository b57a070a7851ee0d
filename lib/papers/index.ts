/** What an open shop's owner keeps true: its hours, its legal person, its mandate. */
export {
  changeWeek,
  dropExceptionalDay,
  exceptionalDayInput,
  getHours,
  MOST_DAYS,
  setExceptionalDay,
  type HoursRefusal,
} from './change-hours';
export { changeCompany, changeMoneyPapers, confirmPapers, getPapers, listChangedPapers, type CompanyRefusal } from './change-papers';
export { partHours } from './hours-text';
export type * from './views';
