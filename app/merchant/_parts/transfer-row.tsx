import { SubmitButton } from '@/components/commerce/submit-button';
import { Tag, type TagColour } from '@/components/ui/tag';
import type { Locale } from '@/lib/kernel';
import { formatTime } from '@/lib/kernel';
import type { TransferView } from '@/lib/shelves/views';
import { texts } from '@/lib/texts';
import { carryAction, transferStepAction } from '../[shop]/stock/shelves-actions';

type TransferRowProps = {
  readonly transfer: TransferView;
  readonly locale: Locale;
  readonly slug: string;
  readonly timeZone: string;
};

const colours = {
  requested: 'honey',
  sent: 'blue',
  received: 'green',
  declined: 'neutral',
  cancelled: 'neutral',
} as const satisfies Record<TransferView['state'], TagColour>;

/** One transfer, and what this shop may do about it now. */
export function TransferRow({ transfer, locale, slug, timeZone }: TransferRowProps) {
  const t = texts(locale, 'merchant');
  const { title, otherShop: shop, direction, state, forOrder } = transfer;
  const isOwn = forOrder === undefined;
  const quantity = transfer.receivedQuantity ?? transfer.sentQuantity ?? transfer.quantity;
  const lost = state === 'received' ? (transfer.sentQuantity ?? 0) - (transfer.receivedQuantity ?? 0) : 0;
  return (
    <li className="panel flex flex-wrap items-end justify-between gap-4 p-4">
      <p className="flex min-w-0 flex-wrap items-center gap-2">
        <b>{t(`shelves.transfers.${direction}`, { quantity, title, shop })}</b>
        <Tag colour={colours[state]}>{t(`shelves.transfers.state.${state}`)}</Tag>
        {forOrder && (
          <span className="text-base text-ink-soft">
            {t(`carry.for.${direction}`, { number: forOrder.number, time: formatTime(forOrder.sendBy, locale, timeZone) })}
          </span>
        )}
        {lost > 0 && <Tag colour="tomato">{t('shelves.transfers.lost', { count: lost })}</Tag>}
      </p>
      <div className="flex flex-wrap items-end gap-3">
        {state === 'requested' && direction === 'out' && (
          <Step {...{ transfer, locale, slug }} step="send" words={t('shelves.transfers.send')} />
        )}
        {state === 'requested' && direction === 'out' && (
          <Step {...{ transfer, locale, slug }} step="declined" words={t('shelves.transfers.decline')} />
        )}
        {state === 'requested' && direction === 'in' && isOwn && (
          <Step {...{ transfer, locale, slug }} step="cancelled" words={t('shelves.transfers.cancel')} />
        )}
        {state === 'sent' && direction === 'in' && isOwn && (
          <Step {...{ transfer, locale, slug }} step="receive" words={t('shelves.transfers.receive')} />
        )}
      </div>
    </li>
  );
}

type StepProps = Omit<TransferRowProps, 'timeZone'> & {
  readonly step: 'send' | 'receive' | 'declined' | 'cancelled';
  readonly words: string;
};

function Step({ transfer, locale, slug, step, words }: StepProps) {
  const t = texts(locale, 'merchant');
  const inputId = `arrived-${transfer.transferId}`;
  const isMain = step === 'send' || step === 'receive';
  return (
    <form action={transfer.forOrder === undefined ? transferStepAction : carryAction} className="flex items-end gap-3">
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="transferId" value={transfer.transferId} />
      <input type="hidden" name="title" value={transfer.title} />
      {step === 'receive' && (
        <div className="field">
          <label className="sr-only" htmlFor={inputId}>
            {t('shelves.transfers.receivedCount', { title: transfer.title })}
          </label>
          <input
            id={inputId}
            name="received"
            type="number"
            inputMode="numeric"
            min={0}
            max={transfer.sentQuantity}
            defaultValue={transfer.sentQuantity}
            required
          />
        </div>
      )}
      <SubmitButton
        className={isMain ? 'btn btn-primary min-h-[64px]' : 'btn btn-secondary min-h-[64px]'}
        name="step"
        value={step}
        label={`${words}, ${transfer.title}`}
      >
        {words}
      </SubmitButton>
    </form>
  );
}
