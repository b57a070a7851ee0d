export { exportShop, isTakeoutFile, takeoutFiles, type TakeoutFile } from './export-shop';
