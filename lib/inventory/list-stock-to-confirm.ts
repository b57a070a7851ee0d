import type { ShopScope } from '@/lib/kernel';
import { searchShopStock } from './search-shop-stock';
import type { ShopStockView } from './views';

const A_DAY = 5;

/** The five figures most worth a look today: the least believed first, and only where something can be sold. */
export async function listStockToConfirm(scope: ShopScope): Promise<readonly ShopStockView[]> {
  const doubtful = await searchShopStock(scope, '');
  return doubtful.filter((row) => row.isActive && row.confidence !== 'confirmed').slice(0, A_DAY);
}
