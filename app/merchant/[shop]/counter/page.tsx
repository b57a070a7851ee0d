import type { Metadata } from 'next';
import { counterQueue } from '@/app/_data/counter';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { getCounterSubOrder } from '@/lib/fulfilment';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { Queue } from '../../_parts/queue';
import { NoWork, Work } from '../../_parts/work';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('rail.orders') };
}

/** The counter: on a phone the queue, on a tablet also the order that is due first. */
export default async function CounterPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const [queue, city] = await Promise.all([counterQueue(scope), getCity()]);
  const first = queue.toPrepare[0] ?? queue.toAccept[0] ?? queue.ready[0];
  const subOrder = first && (await getCounterSubOrder(scope, first.subOrderId));
  const showing = { locale, now: queue.asOf, timeZone: city.timeZone, slug: shop.slug };
  return (
    <main className="counter" id="main" data-pane="queue">
      <Queue queue={queue} showing={showing} current={subOrder?.subOrderId} isPage />
      {subOrder ? <Work subOrder={subOrder} showing={showing} /> : <NoWork locale={locale} />}
    </main>
  );
}
