import type { BeginningView, MissingPaper } from './views';

/** Fewer is a window, not a shelf (ux.md §11). */
export const LEAST_PRODUCTS = 10;

/** Everything the city and the law want before a shop may open (OP-50, ME-02, ME-16, ME-22), in the order of the steps. */
export function missingPapers(
  facts: Pick<BeginningView, 'company' | 'openingHours' | 'money' | 'productsReady'> & { readonly hasReceiving: boolean },
): readonly MissingPaper[] {
  const { company, money } = facts;
  const given = [company.siren, company.legalName, company.legalForm, company.register, company.address, company.email];
  const papers: readonly (MissingPaper | false)[] = [
    given.includes('') && { step: 'company', what: 'company' },
    !company.hasDeclared && { step: 'company', what: 'declarations' },
    company.regime === undefined && { step: 'company', what: 'vat-regime' },
    facts.openingHours === '' && { step: 'hours', what: 'hours' },
    !facts.hasReceiving && { step: 'receiving', what: 'receiving' },
    facts.productsReady < LEAST_PRODUCTS && { step: 'products', what: 'products' },
    (money.mediatorName === '' || money.mediatorUrl === '') && { step: 'money', what: 'mediator' },
    !money.hasMandate && { step: 'money', what: 'mandate' },
    money.account === 'none' && { step: 'money', what: 'account' },
  ];
  return papers.flatMap((paper) => paper || []);
}
