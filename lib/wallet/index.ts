/** The city wallet: vouchers, gift cards, employers' cards, local currency and loyalty as means of payment with their issuers' rules. */
export { type VoucherNotFound, loadVoucher, setVoucherBlocked } from './change-voucher';
export { type ClaimTendersRefusal, type ClaimedTenders, claimForOrder, noTenders, writeTenders } from './claim-tenders';
export { getVoucherBalance } from './get-balance';
export { type IssuedSeries, type IssueRefusal, type NewSeries, createIssuer, issueSeries, issuerInput, seriesInput } from './issue-series';
export { type IssuerView, getSeries, listIssuers, listSeries, listVouchersOf } from './list-series';
export { listTendersOf } from './list-tenders-of';
export { type CodeRefusal, openCode } from './open-code';
export { passTenders, shopsAccepting } from './pass-tenders';
export { previewTenders } from './preview-tenders';
export { type DueBack, captureTenders, releaseTenders, returnToVouchers } from './settle-tenders';
export { SERVED_AND_RETURNED, type TenderReturn, type TenderStake, listReturns, listStakes, sumCaptured } from './tender-repository';
export { type TenderPosition, type VoucherUnusable, unusableBecause } from './tender-rules';
export type * from './views';
