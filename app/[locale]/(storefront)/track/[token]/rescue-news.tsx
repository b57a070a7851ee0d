import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import { RadioCard } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { quantityText } from '@/app/_text/quantity-text';
import type { RescueOptionView, RescueView, TrackingView } from '@/lib/fulfilment/views';
import { formatDay, formatMoney, formatTime, moneyOf } from '@/lib/kernel';
import { promiseText, texts } from '@/lib/texts';
import { answerRescueAction } from './actions';

type RescueNewsProps = { readonly order: TrackingView; readonly showing: Showing };

/** What shops could not serve and what becomes of it, in words before the new state; a question where something is to be chosen. */
export function RescueNews({ order, showing }: RescueNewsProps) {
  if (order.rescues.length === 0) return null;
  return (
    <div className="mt-6 grid gap-4" data-testid="rescues">
      {order.rescues.map((rescue) =>
        rescue.state === 'asked' ? (
          <RescueQuestion key={rescue.rescueId} rescue={rescue} order={order} showing={showing} />
        ) : (
          <RescueNote key={rescue.rescueId} rescue={rescue} order={order} showing={showing} />
        ),
      )}
    </div>
  );
}

type OneRescueProps = RescueNewsProps & { readonly rescue: RescueView };

function wordsOf({ rescue, order, showing }: OneRescueProps) {
  const { locale, now, timeZone } = showing;
  const title = rescue.quantity === 1 ? rescue.title : `${rescue.title} (${quantityText(locale, rescue.quantity, rescue.salesUnit)})`;
  const { decideBy } = rescue;
  return {
    title,
    shop: rescue.shopName,
    other: rescue.carriedFrom ?? rescue.servedBy?.shopName ?? '',
    amount: formatMoney(moneyOf(rescue.amountMinor, order.currency), locale),
    time: decideBy === undefined ? '' : formatTime(decideBy, locale, timeZone),
    day: decideBy === undefined ? '' : formatDay(decideBy, now, locale, timeZone),
  };
}

function RescueNote(props: OneRescueProps) {
  const { rescue, order, showing } = props;
  const t = texts(showing.locale, 'tracking');
  const state = rescue.state === 'asked' ? 'searching' : rescue.state;
  const carried = rescue.isCarriedLater ? 'rescued.carriedLater' : 'rescued.carried';
  return (
    <Banner kind={state === 'rescued' || state === 'offered' ? 'good' : 'careful'}>
      <span>
        {t(
          rescue.carriedFrom !== undefined && (state === 'offered' || state === 'rescued') ? `${carried}.${state}` : `rescued.${state}`,
          wordsOf(props),
        )}
      </span>
      {state === 'waiting' && (
        <form action={answerRescueAction} className="mt-2">
          <RescueFields rescue={rescue} order={order} showing={showing} />
          <input type="hidden" name="choice" value="refund" />
          <SubmitButton className="btn btn-secondary">{t('rescued.waitNoMore')}</SubmitButton>
        </form>
      )}
    </Banner>
  );
}

function RescueFields({ rescue, order, showing }: OneRescueProps) {
  return (
    <>
      <input type="hidden" name="locale" value={showing.locale} />
      <input type="hidden" name="token" value={order.orderToken} />
      <input type="hidden" name="rescueId" value={rescue.rescueId} />
    </>
  );
}

/** The shopper decides; what happens without an answer stands beside it. Works without JavaScript. */
function RescueQuestion(props: OneRescueProps) {
  const { rescue, order, showing } = props;
  const t = texts(showing.locale, 'tracking');
  const words = wordsOf(props);
  const heading = `rescue-${rescue.rescueId}`;
  return (
    <section className="rounded-panel border border-line bg-miel-tint p-5" aria-labelledby={heading}>
      <h2 id={heading} className="flex items-start gap-2.5 text-xl">
        <Icon name="split" className="mt-1" />
        {t('rescued.question', words)}
      </h2>
      <p className="mt-1">{t('rescued.deadline', words)}</p>
      <form action={answerRescueAction} className="mt-4 grid gap-3">
        <RescueFields rescue={rescue} order={order} showing={showing} />
        <fieldset className="grid min-w-0 gap-3">
          <legend className="sr-only">{t('rescued.legend', words)}</legend>
          {rescue.options.map((option) => (
            <RadioCard key={option.option} name="choice" value={String(option.option)} required>
              <span className="block font-semibold">{optionTitle(option, props)}</span>
              <span className="hint block">{optionHint(option, props)}</span>
            </RadioCard>
          ))}
          <RadioCard name="choice" value="refund" required>
            <span className="block font-semibold">{t('rescued.option.refund')}</span>
            <span className="hint block">{t('rescued.option.refundHint', words)}</span>
          </RadioCard>
        </fieldset>
        <SubmitButton className="btn btn-primary">{t('rescued.choose')}</SubmitButton>
      </form>
    </section>
  );
}

function optionTitle(option: RescueOptionView, { showing }: OneRescueProps): string {
  const t = texts(showing.locale, 'tracking');
  switch (option.kind) {
    case 'carried':
      return t('rescued.option.carried', { shop: option.shopName });
    case 'elsewhere':
      return t('rescued.option.elsewhere', { shop: option.shopName });
    case 'substitute':
      return t('rescued.option.substitute', { title: option.title, shop: option.shopName });
    case 'wait':
      return t('rescued.option.wait');
  }
}

function optionHint(option: RescueOptionView, { order, showing }: OneRescueProps): string {
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'tracking');
  if (option.kind === 'wait') {
    return t('rescued.option.waitHint', {
      day: formatDay(option.until, now, locale, timeZone),
      time: formatTime(option.until, locale, timeZone),
    });
  }
  return t(option.kind === 'carried' ? 'rescued.option.hint.carried' : `rescued.option.hint.${option.method}`, {
    from: option.carriedFrom ?? '',
    when: promiseText(locale, { from: option.from, to: option.to }, showing),
    street: option.street,
    amount: formatMoney(moneyOf(option.payMinor, order.currency), locale),
  });
}
