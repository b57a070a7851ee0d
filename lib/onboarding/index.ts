/** A shop opened by its own keeper: from the first field to the city's yes. What it says of itself is written by lib/shops. */
export { askOpening, decideOpening, listAskedOpenings, opensByItself } from './ask-opening';
export type { AskRefusal, DecisionRefusal, OpeningDecision } from './ask-opening';
export { beginShop, MOST_BEGUN, type BeginRefusal, type SignRefusal } from './begin-shop';
export { getBeginning, listBegun } from './get-beginning';
export { daysOfHours, hoursOfDays, lineOfHours, readDay, weekDays, type DayRefusal, type WeekDay } from './hours-of-days';
export { LEAST_PRODUCTS } from './missing-papers';
export { isVatNumberOf, parseSiren, vatNumberOfSiren } from './register-numbers';
export { saveCompany, saveHours, saveMoney, saveReceiving, saveSign, saveSource, type StepRefusal } from './save-step';
export { MANDATE_VERSION, mandateOf, OBJECTION_DAYS, signMandate, type MandateView } from './sign-mandate';
export { companyInput, hoursInput, moneyInput, receivingInput, signInput, sourceInput, type CompanyWish, type MoneyWish } from './schemas';
export * from './views';
