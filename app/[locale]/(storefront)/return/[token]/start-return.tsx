import { Awning } from '@/components/commerce/awning';
import { Arche } from '@/components/commerce/faience/faience';
import { ReturnFormLive, type ReturnFormLine } from '@/components/commerce/return-form-live';
import type { Showing } from '@/components/commerce/showing';
import { Icon } from '@/components/ui/icon';
import { quantityText } from '@/app/_text/quantity-text';
import { formatCalendarDay, formatMoney, minor, moneyOf, pathTo, walkingMinutes, type Locale } from '@/lib/kernel';
import type { ReturnableLineView, ReturnablePartView, ReturnCauseView, ReturnsOfOrderView } from '@/lib/returns/views';
import { texts } from '@/lib/texts';
import { startReturnAction } from './actions';
import { ReturnCard } from './return-card';

type Asked = Readonly<Record<string, string | string[] | undefined>>;
type StartProps = { readonly order: ReturnsOfOrderView; readonly asked: Asked; readonly showing: Showing };

const causes = ['withdrawal', 'defect', 'exchange'] as const;
const icons = { withdrawal: 'undo-2', defect: 'circle-alert', exchange: 'refresh-cw' } as const;

/** First the shop and what is the matter, then the form for it: two pages, no script needed. */
export function StartReturn({ order, asked, showing }: StartProps) {
  const { locale } = showing;
  const t = texts(locale, 'returns');
  const part = order.parts.find((one) => one.number === asked['part']);
  const cause = causes.find((one) => one === asked['cause']);
  return (
    <main id="main" className="wrap page">
      <p className="text-ink-soft">
        <a href={pathTo(locale, 'track', { token: order.orderToken })} className="inline-flex min-h-11 items-center gap-1.5">
          <Icon name="chevron-left" />
          {t('back')}
        </a>
      </p>
      {part && cause && part.may[cause] ? (
        <ReturnFormOf part={part} cause={cause} order={order} showing={showing} />
      ) : (
        <ChooseCause order={order} showing={showing} />
      )}
    </main>
  );
}

function ChooseCause({ order, showing: { locale, timeZone } }: Pick<StartProps, 'order' | 'showing'>) {
  const t = texts(locale, 'returns');
  return (
    <>
      <h1 className="text-4xl max-md:text-3xl">{t('title')}</h1>
      <p className="mt-2 mb-6 max-w-[62ch] text-ink-soft">{t('intro', { number: order.number })}</p>
      {order.returns.length > 0 && (
        <section className="mb-8 grid gap-3" aria-labelledby="open-returns">
          <h2 id="open-returns" className="text-xl">
            {t('card.heading')}
          </h2>
          {order.returns.map((one) => (
            <ReturnCard key={one.returnId} card={one} locale={locale} timeZone={timeZone} />
          ))}
        </section>
      )}
      {order.parts.length === 0 && (
        <div className="empty">
          <h2 className="text-xl">{t('none.title')}</h2>
          <p>{t('none.text')}</p>
        </div>
      )}
      {order.parts.map((part) => (
        <PartChoices key={part.subOrderId} part={part} order={order} locale={locale} />
      ))}
    </>
  );
}

function PartChoices({ part, order, locale }: { part: ReturnablePartView; order: ReturnsOfOrderView; locale: Locale }) {
  const t = texts(locale, 'returns');
  const until =
    part.withdrawUntil === undefined
      ? t('part.withdrawOpen')
      : part.may.withdrawal
        ? t('part.withdrawUntil', { day: formatCalendarDay(part.withdrawUntil, locale) })
        : t('part.withdrawOver');
  const guarantee = part.guaranteeUntil !== undefined && t('part.guarantee', { day: formatCalendarDay(part.guaranteeUntil, locale) });
  return (
    <section className="group" aria-labelledby={`part-${part.number}`}>
      <Awning awning={part.awning} />
      <div className="group-head">
        <div>
          <h2 id={`part-${part.number}`}>{t('part.heading', { shop: part.shopName, number: part.number })}</h2>
          <p className="group-where">{[until, guarantee].filter(Boolean).join('. ')}</p>
        </div>
      </div>
      <ul className="grid gap-2.5 px-[22px] pb-5 max-md:px-4 md:grid-cols-3">
        {causes
          .filter((cause) => part.may[cause])
          .map((cause) => (
            <li key={cause}>
              <a
                className="flex h-full gap-3 rounded-panel border-[1.5px] border-line-strong bg-surface p-4 no-underline hover:bg-sunken"
                href={pathTo(locale, 'return', { token: order.orderToken }, { part: part.number, cause })}
              >
                <Icon name={icons[cause]} className="mt-1 text-2xl text-plaque" />
                <span>
                  <b className="block font-semibold text-ink">{t(`cause.${cause}`)}</b>
                  <span className="block text-md text-ink-soft">{t(`cause.${cause}Hint`)}</span>
                </span>
              </a>
            </li>
          ))}
      </ul>
    </section>
  );
}

type FormOfProps = {
  readonly part: ReturnablePartView;
  readonly cause: ReturnCauseView;
  readonly order: ReturnsOfOrderView;
  readonly showing: Showing;
};

function ReturnFormOf({ part, cause, order, showing }: FormOfProps) {
  const { locale } = showing;
  const t = texts(locale, 'returns');
  const money = (amount: number) => formatMoney(moneyOf(minor(amount), order.currency), locale);
  const title = t(`form.title.${cause}`);
  return (
    <>
      <h1 className="text-4xl max-md:text-3xl">{title}</h1>
      <p className="mt-2 mb-7 text-ink-soft">{t('part.heading', { shop: part.shopName, number: part.number })}</p>
      <ReturnFormLive
        action={startReturnAction}
        hidden={{ locale, token: order.orderToken, subOrderId: part.subOrderId, cause, key: crypto.randomUUID() }}
        lines={part.lines.map((line) => formLine(line, { cause, part, locale, money }))}
        remedies={
          cause === 'defect'
            ? (['repair', 'replacement', 'refund'] as const).map((value) => ({ value, label: t(`form.remedies.${value}`) }))
            : []
        }
        places={placesOf(part, cause, locale)}
        words={{
          errorTitle: t('form.errorTitle', { count: 1 }),
          pageErrorTitle: `${t('form.errorTitle', { count: 1 })}, ${title}`,
          lines: t('form.lines'),
          remedy: t('form.remedy'),
          where: t('form.where'),
          reason: t('form.reason'),
          reasonHint: t('form.reasonHint'),
          optional: texts(locale, 'checkout')('optional'),
          note: cause === 'withdrawal' && part.deliveryMinor > 0 ? t('form.delivery', { amount: money(part.deliveryMinor) }) : undefined,
          confirm: t(`form.confirm.${cause}`),
        }}
      />
    </>
  );
}

type LineWords = {
  readonly cause: ReturnCauseView;
  readonly part: ReturnablePartView;
  readonly locale: Locale;
  readonly money: (amount: number) => string;
};

/** What may be chosen of a line, or why nothing may. */
function formLine(line: ReturnableLineView, { cause, part, locale, money }: LineWords): ReturnFormLine {
  const t = texts(locale, 'returns');
  const can = line.may[cause] && (cause !== 'exchange' || line.exchanges.length > 0);
  const amounts = line.salesUnit === 'each' ? Array.from({ length: line.left }, (_, index) => index + 1) : [line.left];
  const isOnly = part.lines.length === 1 && line.left === 1;
  return {
    lineId: line.lineId,
    tile: <Arche className="arche-line" seed={line.productId} family={line.family} glyph={line.glyph} label={line.title} />,
    title: line.title,
    note: line.keyAttribute,
    says: can ? (cause === 'withdrawal' ? t('form.worth', { amount: money(line.worthMinor) }) : '') : whyNot(line, cause, locale),
    quantityLabel: t('form.quantity', { title: line.title }),
    quantities: can
      ? [
          { value: '0', label: t('form.keep') },
          ...amounts.map((amount) => ({
            value: String(amount),
            label: t('form.of', {
              quantity: quantityText(locale, amount, line.salesUnit),
              left: quantityText(locale, line.left, line.salesUnit),
            }),
          })),
        ]
      : [],
    chosen: isOnly ? '1' : '0',
    exchange:
      can && cause === 'exchange'
        ? {
            label: t('form.instead', { title: line.title }),
            options: [
              { value: '', label: t('form.instead0') },
              ...line.exchanges.map((choice) => ({
                value: choice.offerId,
                label: t(`form.difference.${choice.differenceMinor === 0 ? 'same' : choice.differenceMinor < 0 ? 'less' : 'more'}`, {
                  label: choice.label ?? choice.title,
                  amount: money(Math.abs(choice.differenceMinor)),
                }),
              })),
            ],
          }
        : undefined,
  };
}

const exceptions = ['perishable', 'sealed-hygiene', 'made-to-measure', 'sealed-recording', 'press', 'mixed'] as const;

function whyNot(line: ReturnableLineView, cause: ReturnCauseView, locale: Locale): string {
  const t = texts(locale, 'returns');
  if (line.left === 0) return t('form.allBack');
  if (cause === 'defect' || line.exception === undefined) return t('form.noRight');
  return t(`form.exception.${exceptions.find((one) => one === line.exception) ?? 'other'}`);
}

/** Shops nearest first, then the parcel. What only the selling shop can do is done at the selling shop's. */
function placesOf(part: ReturnablePartView, cause: ReturnCauseView, locale: Locale) {
  const t = texts(locale, 'returns');
  const shops = part.places.filter((place) => cause === 'withdrawal' || place.isOrigin);
  return [
    ...shops.map((place) => ({
      value: place.shopId,
      label: t('form.place', { name: place.name, street: place.street }),
      note: [
        t('form.metres', { minutes: walkingMinutes(place.metres) }),
        t(place.isOpen ? 'form.open' : 'form.closed'),
        ...(place.isOrigin ? [t('form.origin')] : []),
      ].join(', '),
    })),
    {
      value: 'parcel',
      label: t('form.parcel', { shop: part.shopName }),
      note: t(cause === 'defect' ? 'form.parcelDefectHint' : 'form.parcelHint', { address: part.shopAddress }),
    },
  ];
}
