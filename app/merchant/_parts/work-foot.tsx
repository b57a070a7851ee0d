import type { CSSProperties, ReactNode } from 'react';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { CounterSubOrderView } from '@/lib/fulfilment/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { acceptAction, deliveredAction, despatchAction, handOverAction, readyAction } from '../[shop]/counter/actions';
import type { DeskShowing } from './desk-words';
import { HandoverForm } from './handover-form';
import { MissingForm } from './missing-form';
import { PrintButton } from './print-button';
import { RefusalForm } from './refusal-form';

type WorkFootProps = { readonly subOrder: CounterSubOrderView; readonly showing: DeskShowing };

/** What may be done now: the table of the sub-order's life decides which buttons there are. */
export function WorkFoot({ subOrder, showing }: WorkFootProps) {
  const { locale, slug } = showing;
  const t = texts(locale, 'merchant');
  const can = (event: string) => subOrder.allowed.includes(event);
  const print = (
    <>
      <PrintButton words={t('work.print')} icon={<Icon name="printer" />} />
      {subOrder.method === 'parcel' && !can('accept') && subOrder.allowed.length > 0 && (
        <LabelButton subOrder={subOrder} slug={slug} locale={locale} />
      )}
    </>
  );
  if (can('accept')) {
    return (
      <div className="work-foot">
        <RefusalForm
          className="foot-refusal"
          locale={locale}
          slug={slug}
          subOrderId={subOrder.subOrderId}
          shopperName={subOrder.shopperName}
        />
        <MissingForm subOrder={subOrder} locale={locale} slug={slug} />
        <MainForm
          action={acceptAction}
          keep="accept"
          subOrder={subOrder}
          slug={slug}
          title={t('accept.button')}
          text={t('ticket.articles', { count: subOrder.articleCount })}
        />
      </div>
    );
  }
  if (can('start') || can('finish')) return <PrepareFoot subOrder={subOrder} showing={showing} print={print} />;
  if (can('hand-over') && subOrder.method === 'pickup') {
    return (
      <div className="work-foot">
        {print}
        <HandoverForm
          action={handOverAction}
          fields={{ shop: slug, subOrderId: subOrder.subOrderId, back: 'counter' }}
          minimumAge={subOrder.minimumAge}
          of={subOrder.shopperName}
          words={handoverWords(locale, subOrder.minimumAge)}
        />
      </div>
    );
  }
  if (can('despatch') || can('deliver')) {
    const leaves = can('despatch');
    return (
      <div className="work-foot">
        {print}
        <MainForm
          action={leaves ? despatchAction : deliveredAction}
          subOrder={subOrder}
          slug={slug}
          title={leaves ? t(`work.despatch.${subOrder.method}`) : t('work.delivered')}
          text={leaves ? t('ticket.articles', { count: subOrder.articleCount }) : t('work.deliveredText')}
        />
      </div>
    );
  }
  return (
    <div className="work-foot">
      {print}
      <p className="flex items-center gap-3 text-ink-soft">
        <Icon name="circle-check" />
        {t(`state.${subOrder.state}`)}
      </p>
    </div>
  );
}

export function handoverWords(locale: DeskShowing['locale'], minimumAge: number | undefined) {
  const t = texts(locale, 'merchant');
  return {
    code: t('handover.code'),
    submit: t('handover.submit'),
    hint: t('handover.askCode'),
    age: minimumAge === undefined ? '' : t('handover.age', { age: minimumAge }),
  };
}

function PrepareFoot({ subOrder, showing, print }: WorkFootProps & { readonly print: ReactNode }) {
  const { locale, slug } = showing;
  const t = texts(locale, 'merchant');
  const wanted = subOrder.lines.filter((line) => line.refusedQuantity < line.quantity);
  const whole = wanted.filter((line) => line.pickedQuantity === line.quantity - line.refusedQuantity).length;
  const settled = wanted.filter((line) => line.pickedQuantity !== undefined).length;
  const withMissing = settled === wanted.length && whole < settled;
  const done: CSSProperties & Record<'--done', number> = { '--done': settled / Math.max(1, wanted.length) };
  return (
    <div className="work-foot">
      {print}
      <MissingForm subOrder={subOrder} locale={locale} slug={slug} />
      <form action={readyAction} className="foot-ready" data-keep="ready" data-keep-of={subOrder.shopperName}>
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="subOrderId" value={subOrder.subOrderId} />
        {withMissing && <input type="hidden" name="withMissing" value="yes" />}
        <label className="foot-bag">
          <span>{t('work.bag')}</span>
          <input name="bag" maxLength={40} autoComplete="off" enterKeyHint="done" />
        </label>
        <span className="foot-main">
          <button type="submit" className="btn btn-primary fills" style={done}>
            <span>
              {withMissing ? t('work.readyWithMissing') : t('work.ready')}
              <small>{t('work.picked', { picked: settled, count: wanted.length })}</small>
            </span>
            <Icon name="chevron-right" />
          </button>
        </span>
      </form>
    </div>
  );
}

type MainFormProps = {
  readonly action: (form: FormData) => Promise<void>;
  readonly subOrder: CounterSubOrderView;
  readonly slug: string;
  readonly title: string;
  readonly text: string;
  /** What it is called while it waits for the network. */
  readonly keep?: string;
};

function MainForm({ action, subOrder, slug, title, text, keep }: MainFormProps) {
  return (
    <form action={action} className="foot-main" {...(keep !== undefined && { 'data-keep': keep, 'data-keep-of': subOrder.shopperName })}>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="subOrderId" value={subOrder.subOrderId} />
      <SubmitButton className="btn btn-primary">
        <span>
          {title}
          <small>{text}</small>
        </span>
        <Icon name="chevron-right" />
      </SubmitButton>
    </form>
  );
}

/** The carrier's label as a file of its own; asked for again it is the same one. */
function LabelButton({
  subOrder,
  slug,
  locale,
}: {
  readonly subOrder: CounterSubOrderView;
  readonly slug: string;
  readonly locale: Locale;
}) {
  return (
    <form action={`/api/labels/${subOrder.subOrderId}?shop=${encodeURIComponent(slug)}`} method="post" target="_blank">
      <button type="submit" className="btn btn-secondary">
        <Icon name="package" />
        {texts(locale, 'merchant')('label.button')}
      </button>
    </form>
  );
}
