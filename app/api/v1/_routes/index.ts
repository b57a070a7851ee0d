import type { Endpoint } from '../_door/endpoint';
import { shopEndpoints } from './shops';
import { offerEndpoints } from './offers';
import { orderEndpoints } from './orders';
import { stockEndpoints } from './stock';

/** Every call of the API, in the order of the document. */
export const endpoints: readonly Endpoint[] = [...shopEndpoints, ...offerEndpoints, ...stockEndpoints, ...orderEndpoints];
