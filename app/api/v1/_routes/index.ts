import type { Endpoint } from '../_door/endpoint';
import { basketEndpoints } from './baskets';
import { browsingEndpoints } from './browsing';
import { carryEndpoints } from './carries';
import { exportEndpoints } from './exports';
import { importEndpoints } from './imports';
import { offerEndpoints } from './offers';
import { orderEndpoints } from './orders';
import { payingEndpoints } from './paying';
import { productEndpoints } from './products';
import { purchaseEndpoints } from './purchases';
import { requestEndpoints } from './requests';
import { returnDeskEndpoints } from './return-desk';
import { returnEndpoints } from './returns';
import { shopEndpoints } from './shops';
import { stockEndpoints } from './stock';
import { voucherEndpoints } from './vouchers';
import { webhookEndpoints } from './webhooks';

/** Every call of the API, in the order of the document: shops' own systems first, then shoppers. */
export const endpoints: readonly Endpoint[] = [
  ...shopEndpoints,
  ...offerEndpoints,
  ...productEndpoints,
  ...importEndpoints,
  ...exportEndpoints,
  ...stockEndpoints,
  ...orderEndpoints,
  ...carryEndpoints,
  ...returnDeskEndpoints,
  ...webhookEndpoints,
  ...requestEndpoints,
  ...browsingEndpoints,
  ...basketEndpoints,
  ...voucherEndpoints,
  ...purchaseEndpoints,
  ...payingEndpoints,
  ...returnEndpoints,
];
