export { getAccountFile, getCityArchive, writeAccountFile, type WrittenFile } from './get-account-file';
export { listMerchantYears } from './list-merchant-years';
export * from './views';
export { type Dac7Report, writeDac7Report } from './dac7-report-payload';
export { yearOf } from './year-facts';
