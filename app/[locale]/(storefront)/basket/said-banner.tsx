import { lastSaid, type Said } from '@/app/_actions/said';
import { SaidLive } from '@/components/commerce/said-live';
import { Icon } from '@/components/ui/icon';
import type { Locale } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { addLineAction, undoPlanAction } from './actions';

/** The polite region of the storefront: what the shopper's last tap did, and the way to take it back. Always there, mostly empty. */
export async function SaidBanner({ locale }: { locale: Locale }) {
  const said = await lastSaid();
  const t = texts(locale, 'basket');
  return (
    <div role="status" className="wrap" data-testid="said">
      {said && (
        <SaidLive at={said.at}>
          <div className={`banner mt-4 items-center ${said.kind === 'good' ? 'banner-green' : 'banner-tomato'}`}>
            <Icon name={said.kind === 'good' ? 'circle-check' : 'circle-alert'} className="self-center" />
            <p className="min-w-0 flex-1">{said.text}</p>
            {said.undo ? (
              <UndoForm locale={locale} undo={said.undo} label={t('said.undo')} />
            ) : (
              said.leadsTo === 'basket' && (
                <a className="inline-flex min-h-11 items-center font-semibold" href={pathTo(locale, 'basket')}>
                  {t('said.seeBasket')}
                </a>
              )
            )}
          </div>
        </SaidLive>
      )}
    </div>
  );
}

function UndoForm({ locale, undo, label }: { locale: Locale; undo: NonNullable<Said['undo']>; label: string }) {
  const button = (
    <button type="submit" className="btn btn-secondary">
      <Icon name="undo-2" />
      {label}
    </button>
  );
  if (undo.of === 'plan') {
    return (
      <form action={undoPlanAction}>
        <input type="hidden" name="locale" value={locale} />
        {button}
      </form>
    );
  }
  return (
    <form action={addLineAction}>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="listingId" value={undo.listingId} />
      <input type="hidden" name="offerId" value={undo.offerId} />
      <input type="hidden" name="quantity" value={undo.quantity} />
      <input type="hidden" name="shopChosen" value={undo.shopChosen ? '1' : '0'} />
      <input type="hidden" name="priceSeenMinor" value={undo.priceSeenMinor} />
      {button}
    </form>
  );
}
