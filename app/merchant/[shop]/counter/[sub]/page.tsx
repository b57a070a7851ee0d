import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { counterQueue } from '@/app/_data/counter';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { getCounterSubOrder } from '@/lib/fulfilment';
import { parseId } from '@/lib/kernel';
import { getPartMoney } from '@/lib/settlement';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { PartMoney } from '../../../_parts/part-money';
import { Queue } from '../../../_parts/queue';
import { Work } from '../../../_parts/work';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('work.title') };
}

/** One sub-order of this shop in hand; another shop's is not there. */
export default async function PreparationPage({ params }: { readonly params: Promise<{ shop: string; sub: string }> }) {
  const { shop: slug, sub } = await params;
  const entered = await enterShop(slug);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const subOrderId = parseId('subOrder', sub);
  const subOrder = subOrderId && (await getCounterSubOrder(scope, subOrderId));
  if (!subOrder) notFound();
  const [queue, city, money] = await Promise.all([
    counterQueue(scope),
    getCity(),
    scope.role === 'counter' || subOrder.isSetAside ? undefined : getPartMoney(scope, subOrderId),
  ]);
  const showing = { locale, now: queue.asOf, timeZone: city.timeZone, slug: shop.slug };
  return (
    <main className="counter" id="main" data-pane="work">
      <Queue queue={queue} showing={showing} current={subOrder.subOrderId} />
      <Work subOrder={subOrder} showing={showing}>
        {money && <PartMoney money={money} currency={subOrder.currency} showing={showing} />}
      </Work>
    </main>
  );
}
