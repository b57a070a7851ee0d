import Link from 'next/link';
import { Icon, type IconName } from '@/components/ui/icon';
import type { DomainEvent, OrderId, PaymentId } from '@/lib/kernel';
import type { SubOrderStateView, TimelineEntryView } from '@/lib/fulfilment/views';
import { subOrderStates } from './states';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from './order-table';

const icons = { order: 'shopping-basket', 'sub-order': 'store', payment: 'credit-card', message: 'mail' } as const satisfies Record<
  TimelineEntryView['kind'],
  IconName
>;

/** What is told of an order or of its payment: an event that is new and has no words is an error of types. */
type OrderFact = Extract<DomainEvent, { readonly subject: OrderId } | { readonly subject: PaymentId }>['name'];
const orderFacts: Readonly<Record<OrderFact, true>> = {
  OrderPlaced: true,
  OrderPaid: true,
  SetAsideConfirmed: true,
  OrderExpired: true,
  SharesMoved: true,
  PaymentReported: true,
  CaptureDue: true,
  RescueDue: true,
};
const isOrderFact = (name: string): name is OrderFact => name in orderFacts;
const actors = ['shopper', 'shop', 'operator', 'courier', 'carrier', 'system'] as const;

type TimelineProps = { readonly entries: readonly TimelineEntryView[]; readonly showing: OpsShowing; readonly mayReadMail: boolean };

/** Everything that happened, whoever did it, in the order in which it happened. */
export function Timeline({ entries, showing, mayReadMail }: TimelineProps) {
  const t = texts(showing.locale, 'admin');
  return (
    <section className="box" aria-labelledby="story">
      <h2 id="story">{t('story.title')}</h2>
      <ol className="story">
        {entries.map((entry, index) => (
          <li key={`${index}-${entry.at}`}>
            <span className="story-mark">
              <Icon name={icons[entry.kind]} />
            </span>
            <div className="min-w-0">
              {entry.messageId !== undefined && mayReadMail ? (
                <Link href={`/admin/mailbox/${entry.messageId}`} prefetch={false}>
                  {entry.about ?? entry.name}
                </Link>
              ) : (
                whatHappened(entry, showing)
              )}
              <small>{entry.kind === 'message' ? t('story.mail') : whoDidIt(entry, showing)}</small>
            </div>
            <time dateTime={new Date(entry.at).toISOString()}>{stamp(entry.at, showing)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function whatHappened(entry: TimelineEntryView, { locale }: OpsShowing): string {
  const t = texts(locale, 'admin');
  if (entry.kind === 'sub-order') {
    const to = subOrderStates.find((state): state is SubOrderStateView => state === entry.to);
    return t('story.part', { number: entry.about ?? '', state: to === undefined ? entry.name : t(`state.${to}`) });
  }
  return isOrderFact(entry.name) ? t(`story.fact.${entry.name}`) : (entry.about ?? entry.name);
}

/** "La boutique" for `shop:per_…`: the event keeps the id, the page says the role. */
function whoDidIt(entry: TimelineEntryView, { locale }: OpsShowing): string {
  const kind = actors.find((actor) => actor === entry.by.split(':')[0]);
  return kind === undefined ? entry.by : texts(locale, 'admin')(`who.${kind}`);
}
