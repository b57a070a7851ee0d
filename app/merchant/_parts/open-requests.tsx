import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { formatAge, formatDay, formatMoney, formatTime, moneyOf } from '@/lib/kernel';
import { availabilities, type ShopRequestView } from '@/lib/requests/views';
import { texts } from '@/lib/texts';
import { LegalFields } from './legal-fields';
import { answerRequestAction } from '../[shop]/requests/actions';

type OpenRequestsProps = { readonly requests: readonly ShopRequestView[]; readonly slug: string; readonly showing: Showing };

/** Requests of shoppers: a price and "Je l'ai", or "Non". The rest is filled in as it mostly is. */
export function OpenRequests({ requests, slug, showing }: OpenRequestsProps) {
  return (
    <ul className="grid gap-4">
      {requests.map((request) => (
        <OpenRequest key={request.requestId} request={request} slug={slug} showing={showing} />
      ))}
    </ul>
  );
}

const euros = (minor: number): string => (minor / 100).toFixed(2).replace('.', ',');

function OpenRequest({ request, slug, showing }: Omit<OpenRequestsProps, 'requests'> & { readonly request: ShopRequestView }) {
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'requests');
  const { requestId, words, offered, expiresAt } = request;
  const until = { day: formatDay(expiresAt, now, locale, timeZone), time: formatTime(expiresAt, locale, timeZone) };
  return (
    <li className="panel grid gap-4 p-4" data-testid="open-request">
      <div className="flex flex-wrap gap-4">
        {request.photoKey !== undefined && (
          <img
            className="h-32 w-auto max-w-full rounded-xl border border-line"
            src={`/api/photos/${request.photoKey}`}
            alt={t('shop.photo')}
            loading="lazy"
          />
        )}
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-xl [overflow-wrap:anywhere]">{words}</h2>
          <p className="text-base text-ink-soft">
            {t('shop.asked', { age: formatAge(request.askedAt, now, locale), others: request.otherShops })}
          </p>
          <p className="text-base font-semibold">
            {offered ? t('shop.offered', { price: formatMoney(moneyOf(offered.priceMinor), locale) }) : t('shop.until', until)}
          </p>
        </div>
      </div>
      <form action={answerRequestAction} className="grid gap-3">
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="requestId" value={requestId} />
        <div className="grid gap-3 md:grid-cols-[minmax(0,1fr)_9rem_7rem]">
          <Field id={`title-${requestId}`} name="title" label={t('shop.name')} value={offered?.title ?? words} maxLength={200} />
          <Field
            id={`price-${requestId}`}
            name="price"
            label={t('shop.price')}
            value={offered ? euros(offered.priceMinor) : ''}
            inputMode="decimal"
            maxLength={9}
          />
          <Field
            id={`quantity-${requestId}`}
            name="quantity"
            label={t('shop.quantity')}
            value={String(offered?.quantity ?? 1)}
            inputMode="numeric"
            maxLength={4}
          />
        </div>
        {request.asked.length > 0 && (
          <details className="grid gap-3" open={offered !== undefined}>
            <summary className="min-h-[44px] text-base font-semibold">{t('shop.law')}</summary>
            <p className="mb-3 max-w-[66ch] text-base text-ink-soft">{t('shop.lawText')}</p>
            <div className="grid gap-4 md:grid-cols-2">
              <LegalFields fields={request.asked} locale={locale} prefix={requestId} facts={request.facts} now={now} />
            </div>
          </details>
        )}
        <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
          <legend className="sr-only">{t('shop.when')}</legend>
          {availabilities.map((when) => (
            <label key={when} className="flex min-h-[64px] items-center gap-3 text-base">
              <input className="radio" type="radio" name="available" value={when} defaultChecked={(offered?.available ?? 'now') === when} />
              {t(`when.${when}`)}
            </label>
          ))}
        </fieldset>
        <div className="flex flex-wrap gap-3">
          <SubmitButton className="btn btn-primary min-h-[64px]" name="answer" value="yes" label={t('shop.haveLabel', { words })}>
            <Icon name="check" />
            {offered ? t('shop.change') : t('shop.have')}
          </SubmitButton>
          <SubmitButton className="btn btn-secondary min-h-[64px]" name="answer" value="no" label={t('shop.noLabel', { words })}>
            <Icon name="x" />
            {t('shop.no')}
          </SubmitButton>
        </div>
      </form>
    </li>
  );
}

type FieldProps = {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly inputMode?: 'decimal' | 'numeric';
};

function Field({ id, name, label, value, maxLength, inputMode }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        className="input min-h-[64px]"
        id={id}
        name={name}
        defaultValue={value}
        maxLength={maxLength}
        autoComplete="off"
        {...(inputMode !== undefined && { inputMode })}
      />
    </div>
  );
}
