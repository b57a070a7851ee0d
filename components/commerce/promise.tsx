import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { Icon, type IconName } from '@/components/ui/icon';
import { formatDay, formatTime } from '@/lib/kernel';
import type { Certainty, Method, PromiseView } from '@/lib/promise/views';
import { methodText, promisePlace, promiseText, texts } from '@/lib/texts/views';
import { costInside, costText } from './price';
import type { Showing } from './showing';

export const methodIcon: Readonly<Record<Method, IconName>> = { pickup: 'shopping-bag', courier: 'bike', parcel: 'package' };

const certaintyClass = (certainty: Certainty) => (certainty === 'sure' ? false : `is-${certainty}`);

type PromiseLineProps = Showing & {
  readonly promise: PromiseView;
  readonly shopName: string;
  readonly walkingMinutes?: number | undefined;
};

/** On a card: when in bold, then the shop and how far it is, or how it comes and for how much. */
export function PromiseLine({ promise, shopName, walkingMinutes, ...showing }: PromiseLineProps) {
  const t = texts(showing.locale, 'common');
  const likely = promise.certainty === 'likely' && `, ${t('promise.likely')}`;
  return (
    <p className={classNames('promise', certaintyClass(promise.certainty))}>
      <Icon name={methodIcon[promise.method]} />
      <b>{promiseText(showing.locale, promise, showing)}</b>
      <span className="where">
        {promise.method === 'pickup' ? (
          <>
            {shopName}
            {walkingMinutes !== undefined && (
              <>
                , <span className="whitespace-nowrap">{t('promise.walk', { minutes: walkingMinutes })}</span>
              </>
            )}
          </>
        ) : (
          `${t('promise.withCost', { method: methodText(showing.locale, promise.method), cost: costInside(promise.cost, showing.locale) })}. ${shopName}`
        )}
        {likely}
      </span>
    </p>
  );
}

/** The second line of a pill: until when it is kept, or where it goes, and the cost. */
function pillNote(promise: PromiseView, showing: Showing, place: string | undefined): string {
  const t = texts(showing.locale, 'common');
  const cost = costInside(promise.cost, showing.locale);
  if (promise.method === 'pickup' && promise.keptUntil !== undefined) {
    const { locale, now, timeZone } = showing;
    const kept = t('promise.keptUntil', {
      day: formatDay(promise.keptUntil, now, locale, timeZone),
      time: formatTime(promise.keptUntil, locale, timeZone),
    });
    return `${kept}, ${cost}`;
  }
  return place === undefined ? costText(promise.cost, showing.locale) : `${place}, ${cost}`;
}

type PromisePillProps = Showing & {
  readonly promise: PromiseView;
  /** Where it is brought, for a delivery. */
  readonly place?: string | undefined;
  /** The "Changer" link or form. */
  readonly action?: ReactNode;
};

/** In a basket group: how and when this shop's part is received. */
export function PromisePill({ promise, place, action, ...showing }: PromisePillProps) {
  return (
    <div className={classNames('pill', certaintyClass(promise.certainty))}>
      <Icon name={methodIcon[promise.method]} />
      <div>
        <b>{promisePlace(showing.locale, promise, showing)}</b>
        <span>{pillNote(promise, showing, place)}</span>
      </div>
      {action}
    </div>
  );
}

/** On the tracking page: the promise as it stands now, announced when it changes. */
export function PromiseBanner({ promise, note, ...showing }: Showing & { readonly promise: PromiseView; readonly note?: ReactNode }) {
  const t = texts(showing.locale, 'common');
  return (
    <div className={classNames('pill', certaintyClass(promise.certainty))}>
      <Icon name={methodIcon[promise.method]} />
      <div>
        <b className="text-xl">{promisePlace(showing.locale, promise, showing)}</b>
        {promise.certainty === 'late' && <span>{t('promise.late')}</span>}
        {note !== undefined && <span>{note}</span>}
      </div>
    </div>
  );
}
