import { eq } from 'drizzle-orm';
import type { City } from '@/db/seed';
import { chanceOf, mobileOf } from '@/db/seed';
import type { subOrders } from '@/db/schema';
import { orderLines } from '@/db/schema';
import { acceptSubOrder, markReady, tickLine } from '@/lib/fulfilment';
import type { Instant, ShopScope } from '@/lib/kernel';
import { MINUTE, invariant, plusMs } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { Errand, WishedLine } from './demand';
import { fillBasket, pay, place } from './replay-order';
import type { Replay } from './replay-step';
import { portsAt } from './replay-step';

type Stage = 'to-accept' | 'preparing' | 'ready';

/** What waits at the demo shop's counter when the demo begins: who, what, how it is to be received, how far it is. */
type Waiting = {
  readonly name: string;
  readonly minutesAgo: number;
  readonly method?: 'courier' | 'parcel';
  readonly wanted: readonly (readonly [shopKey: string, title: string, quantity: number])[];
  readonly stages: Readonly<Record<string, Stage>>;
};

const morel = 'quincaillerie-morel';

const waiting: readonly Waiting[] = [
  {
    name: 'Théo Maisonneuve',
    minutesAgo: 170,
    wanted: [[morel, 'Cafetière italienne aluminium, 3 tasses', 1]],
    stages: { [morel]: 'ready' },
  },
  {
    name: 'Lina Courtebotte',
    minutesAgo: 140,
    wanted: [
      [morel, 'Bouilloire sifflet inox, 1,5 l', 1],
      [morel, 'Joints et filtre pour cafetière 6 tasses', 1],
    ],
    stages: { [morel]: 'ready' },
  },
  {
    name: 'Camille Rolland',
    minutesAgo: 75,
    wanted: [
      [morel, 'Cafetière italienne inox, 6 tasses', 1],
      [morel, 'Joints et filtre pour cafetière 6 tasses', 2],
      ['brulerie-port', 'Café moulu « Vieux Port », 250 g', 2],
      ['librairie-sainte-ombre', 'Le Café, une histoire sensible', 1],
    ],
    stages: { [morel]: 'preparing', 'brulerie-port': 'ready', 'librairie-sainte-ombre': 'to-accept' },
  },
  {
    name: 'Nour Ambelain',
    minutesAgo: 50,
    method: 'parcel',
    wanted: [
      [morel, 'Joints et filtre pour cafetière 6 tasses', 1],
      [morel, 'Cafetière italienne aluminium, 3 tasses', 1],
    ],
    stages: { [morel]: 'preparing' },
  },
  {
    name: 'Paul Desaubiers',
    minutesAgo: 14,
    method: 'courier',
    wanted: [[morel, 'Bouilloire sifflet inox, 1,5 l', 1]],
    stages: { [morel]: 'to-accept' },
  },
  {
    name: 'Inès Brissonet',
    minutesAgo: 6,
    wanted: [
      [morel, 'Cafetière italienne aluminium, 3 tasses', 1],
      [morel, 'Joints et filtre pour cafetière 6 tasses', 2],
    ],
    stages: { [morel]: 'to-accept' },
  },
];

/** A street near the centre, within every shop's reach. */
const home = { label: '7 rue de Turenne, 38000 Grenoble', latitude: 45.184571, longitude: 5.721728 };

function lineOf(city: City, [shopKey, title, quantity]: Waiting['wanted'][number]): WishedLine {
  const offer = city.offers.find((one) => one.shop.key === shopKey && one.product.title.replace(/\u00a0/g, ' ') === title);
  invariant(offer !== undefined, `${shopKey} sells "${title}"`);
  const listingId = city.ids('listing', `${offer.product.key}|${offer.variant.key}`);
  return { offerId: offer.id, listingId, priceMinor: offer.priceMinor, quantity };
}

function errandOf(city: City, order: Waiting, key: string, at: Instant): Errand {
  const isCamille = order.name.startsWith('Camille');
  const shops = city.shops.filter((one) => order.stages[one.key] !== undefined);
  const { method } = order;
  return {
    key,
    at,
    name: order.name,
    email: isCamille
      ? 'camille@courriel.example'
      : `${order.name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(' ', '.')}@courriel.example`,
    phone: method === undefined ? undefined : mobileOf(chanceOf('live', key)),
    isCamille,
    place: home,
    lines: order.wanted.map((wanted) => lineOf(city, wanted)),
    methods: method === undefined ? [] : shops.map(({ id }) => ({ shopId: id, method })),
    plan: 'suggested',
  };
}

/** The last few hours, as real orders: mails are written for them, and they wait in the queues of their shops. */
export async function placeLiveOrders(replay: Replay, city: City, now: Instant): Promise<void> {
  for (const [index, order] of waiting.entries()) {
    const key = `live-order-${index}`;
    const at = plusMs(now, -order.minutesAgo * MINUTE);
    const errand = errandOf(city, order, key, at);
    const placed = await place(replay, errand, await fillBasket(replay, errand), false);
    invariant(placed !== undefined, `the order of ${order.name} can be placed`);
    const parts = await pay(replay, { ...placed, name: `${key}-pay`, at: plusMs(at, MINUTE) });
    for (const part of parts) {
      const from = city.shops.find((one) => one.id === part.shopId);
      await bringTo(
        replay,
        { id: part.id, shopId: part.shopId },
        { stage: order.stages[from?.key ?? ''] ?? 'to-accept', at: plusMs(at, 3 * MINUTE) },
      );
    }
  }
}

type Part = Pick<typeof subOrders.$inferSelect, 'id' | 'shopId'>;

async function bringTo(replay: Replay, part: Part, { stage, at }: { readonly stage: Stage; readonly at: Instant }): Promise<void> {
  const personId = replay.people.get(part.shopId);
  if (stage === 'to-accept' || personId === undefined) return;
  const scope: ShopScope = { kind: 'shop', shopId: part.shopId, personId, role: 'owner' };
  await acceptSubOrder(scope, part.id, portsAt(replay.seed, `${part.id}:accept`, at));
  const lines = await reader().select().from(orderLines).where(eq(orderLines.subOrderId, part.id)).orderBy(orderLines.title);
  const ticked = stage === 'ready' ? lines : lines.slice(0, 1);
  for (const [index, line] of ticked.entries()) {
    const ports = portsAt(replay.seed, `${line.id}:tick`, plusMs(at, (2 + index) * MINUTE));
    await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity }, ports);
  }
  if (stage !== 'ready') return;
  const bag = String(1 + ((lines.length * 3) % 8));
  await markReady(scope, { subOrderId: part.id, bag }, portsAt(replay.seed, `${part.id}:ready`, plusMs(at, 10 * MINUTE)));
}
