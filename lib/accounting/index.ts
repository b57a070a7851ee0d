export { getAccountFile, type WrittenFile, writeAccountFile } from './get-account-file';
export { listSellerYears } from './list-seller-years';
export * from './views';
export { type SellerReport, writeSellerReport } from './write-seller-report';
export { yearOf } from './year-facts';
