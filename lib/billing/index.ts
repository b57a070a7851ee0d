/** What the city invoices its merchants: commission, once a month, in series of its own. */
export { verifyDueFees, verifyFees } from './verify-fees';
export { issueFeeDocuments } from './issue-fee-documents';
export { getCityFeeDocument, getShopFeeDocument, listCityFees, listShopFees } from './list-fees';
export type * from './views';
