import { shelfCheckText } from '@/app/_text/shelf-check-text';
import { RefreshLive } from '@/components/commerce/refresh-live';
import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { OfferView } from '@/lib/catalogue/views';
import { formatDay } from '@/lib/kernel';
import { CHECK_MINUTES } from '@/lib/shelves';
import type { FutureStockView, ShelfCheckView } from '@/lib/shelves/views';
import { texts } from '@/lib/texts';
import { askShelfCheckAction } from './actions';

type ShelfCheckProps = {
  readonly offers: readonly OfferView[];
  readonly checks: ReadonlyMap<OfferView['offerId'], ShelfCheckView>;
  readonly future: ReadonlyMap<OfferView['offerId'], FutureStockView>;
  readonly showing: Showing;
};

/** More answers than this on one page would be noise. */
const MOST = 3;
const WAITING_MS = 8_000;

/** "On vérifie pour vous": where a figure is doubtful the shop may be asked to look; what it answered; and what is on its way. */
export function ShelfChecks({ offers, checks, future, showing }: ShelfCheckProps) {
  const t = texts(showing.locale, 'common');
  const asked = offers.filter((offer) => checks.has(offer.offerId));
  const doubtful = offers.filter((offer) => !checks.has(offer.offerId) && offer.stockWord !== 'confirmed' && offer.promises.length > 0);
  const shown = [...asked.slice(0, MOST), ...doubtful.slice(0, 1)]; // one question at a time
  const coming = offers.flatMap((offer) => (offer.promises.length === 0 ? (future.get(offer.offerId) ?? []) : []));
  if (shown.length === 0 && coming.length === 0) return null;
  const isWaiting = shown.some((offer) => checks.get(offer.offerId)?.state === 'asked');
  return (
    <section className="panel grid gap-3 p-4" aria-labelledby="verifier" data-testid="shelf-checks">
      <h2 id="verifier" className="text-lg">
        {t('shelfCheck.title')}
      </h2>
      <ul className="grid gap-3" aria-live="polite">
        {shown.map((offer) => (
          <li key={offer.offerId}>
            <Check offer={offer} check={checks.get(offer.offerId)} showing={showing} />
          </li>
        ))}
        {coming.map(({ offerId, shopName, expectedAt }) => (
          <li key={offerId} className="text-md">
            {t('shelfCheck.future', { shop: shopName, day: formatDay(expectedAt, showing.now, showing.locale, showing.timeZone) })}
          </li>
        ))}
      </ul>
      {isWaiting && <RefreshLive everyMs={WAITING_MS} />}
    </section>
  );
}

function Check({ offer, check, showing }: { offer: OfferView; check: ShelfCheckView | undefined; showing: Showing }) {
  const t = texts(showing.locale, 'common');
  const shop = offer.shopName;
  if (check) return <p className="text-md">{shelfCheckText(check, shop, showing)}</p>;
  return (
    <form action={askShelfCheckAction} className="flex flex-wrap items-center justify-between gap-3">
      <input type="hidden" name="locale" value={showing.locale} />
      <input type="hidden" name="offerId" value={offer.offerId} />
      <p className="min-w-0 flex-1 basis-64 text-md text-ink-soft">{t('shelfCheck.text', { shop, minutes: CHECK_MINUTES })}</p>
      <SubmitButton className="btn btn-secondary">
        <Icon name="store" />
        {t('shelfCheck.ask', { shop })}
      </SubmitButton>
    </form>
  );
}
