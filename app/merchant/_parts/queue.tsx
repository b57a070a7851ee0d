import type { CounterQueueView, QueueCardView } from '@/lib/fulfilment/views';
import { texts } from '@/lib/texts';
import type { DeskShowing } from './desk-words';
import { Ticket } from './ticket';

type QueueProps = {
  readonly queue: CounterQueueView;
  readonly showing: DeskShowing;
  readonly current: string | undefined;
  /** On a phone the queue is the page: it carries the heading then. */
  readonly isPage?: boolean;
};

/** Everything the shop has to do, in the order of doing it. */
export function Queue({ queue, showing, current, isPage = false }: QueueProps) {
  const t = texts(showing.locale, 'merchant');
  const groups = [
    { key: 'toAccept', cards: queue.toAccept },
    { key: 'toPrepare', cards: queue.toPrepare },
    { key: 'ready', cards: queue.ready },
  ] as const;
  const isEmpty = groups.every((group) => group.cards.length === 0);
  return (
    <section className="queue" aria-label={t('queue.label')} tabIndex={0}>
      {isPage && (
        <div className="only-phone">
          <h1 className="sr-only">{t('rail.orders')}</h1>
        </div>
      )}
      {isEmpty ? (
        <div className="grid gap-2 p-3">
          <h2 className="!block">{t('queue.empty')}</h2>
          <p className="text-base text-ink-soft">{t('queue.emptyText')}</p>
        </div>
      ) : (
        groups.map((group) => (
          <Group
            key={group.key}
            title={t(`queue.${group.key}`)}
            none={t(`queue.none.${group.key}`)}
            cards={group.cards}
            showing={showing}
            current={current}
          />
        ))
      )}
    </section>
  );
}

type GroupProps = Omit<QueueProps, 'queue' | 'isPage'> & {
  readonly title: string;
  readonly none: string;
  readonly cards: readonly QueueCardView[];
};

function Group({ title, none, cards, showing, current }: GroupProps) {
  return (
    <>
      <h2>
        {title}
        <span>{cards.length}</span>
      </h2>
      {cards.length === 0 ? (
        <p className="px-1.5 pb-2 text-base text-ink-soft">{none}</p>
      ) : (
        <ul>
          {cards.map((card) => (
            <Ticket key={card.subOrderId} card={card} showing={showing} isCurrent={card.subOrderId === current} />
          ))}
        </ul>
      )}
    </>
  );
}
