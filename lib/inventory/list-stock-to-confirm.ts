import type { ShopScope } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { doubtedShelves } from './search-shop-stock';
import type { ShopStockView } from './views';

const A_DAY = 5;

/**
 * The five figures most worth a look today: what is believed least, weighed by how often it was ordered lately, and only where something
 * can be sold. A count makes room for the next one.
 */
export async function listStockToConfirm(scope: ShopScope, { clock }: Ports = systemPorts): Promise<readonly ShopStockView[]> {
  return doubtedShelves(scope, { now: clock.now(), most: A_DAY });
}
