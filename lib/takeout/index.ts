export { zipEverything } from './zip-everything';
export { exportShop, isTakeoutFile, takeoutFiles, type TakeoutFile } from './export-shop';
