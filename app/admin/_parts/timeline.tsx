import Link from 'next/link';
import { Icon, type IconName } from '@/components/ui/icon';
import type { SubOrderStateView, TimelineEntryView } from '@/lib/fulfilment/views';
import { subOrderStates } from './states';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from './order-table';

const icons = { order: 'shopping-basket', 'sub-order': 'store', payment: 'credit-card', message: 'mail' } as const satisfies Record<
  TimelineEntryView['kind'],
  IconName
>;

const orderFacts = ['OrderPlaced', 'OrderPaid', 'OrderExpired', 'PaymentReported', 'SharesMoved', 'ReturnChanged', 'CaptureDue'] as const;
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
  const known = orderFacts.find((name) => name === entry.name);
  return known === undefined ? (entry.about ?? entry.name) : t(`story.fact.${known}`);
}

/** "La boutique" for `shop:per_…`: the event keeps the id, the page says the role. */
function whoDidIt(entry: TimelineEntryView, { locale }: OpsShowing): string {
  const kind = actors.find((actor) => actor === entry.by.split(':')[0]);
  return kind === undefined ? entry.by : texts(locale, 'admin')(`who.${kind}`);
}
