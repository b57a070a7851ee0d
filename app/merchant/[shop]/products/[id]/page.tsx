import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { lackText } from '@/app/_text/explain-reading';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { UnitPrice } from '@/components/commerce/price';
import { ProductFormLive } from '@/components/commerce/product-form-live';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { LegalField, OwnProductView } from '@/lib/catalogue';
import { getOwnProduct, listLeaves } from '@/lib/catalogue';
import type { Locale } from '@/lib/kernel';
import { formatMoney, minor, moneyOf, parseId, pathTo } from '@/lib/kernel';
import { listPictures } from '@/lib/pictures';
import { listPlaces, readShelves } from '@/lib/products';
import { unitPriceOf } from '@/lib/search';
import { texts } from '@/lib/texts';
import { ProductPictures } from '../../../_parts/product-pictures';
import { leafChoices, productFormWords } from '../../../_parts/product-words';
import { startOfOwn } from '../../../_parts/product-start';
import { saveProductAction, withdrawProductAction } from '../form-actions';

type OwnProductProps = { readonly params: Promise<{ shop: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'product')('edit.title') };
}

/** A product the shop sells: what it lacks before everybody sees it, its form, its way off the shelf. */
export default async function OwnProductPage({ params }: OwnProductProps) {
  const { shop: slug, id } = await params;
  const entered = await enterShop(slug, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const offerId = parseId('offer', id);
  const product = offerId && (await getOwnProduct(scope, offerId, locale));
  if (!product) notFound();
  const [pictures, leaves, places, onHand] = await Promise.all([
    listPictures(scope, product.productId),
    listLeaves(locale, requestMoment()),
    listPlaces(scope),
    readShelves(
      scope,
      product.variants.map((variant) => variant.offerId),
    ),
  ]);
  const t = texts(locale, 'product');
  const options = [t('option.size'), t('option.colour')] as const;
  return (
    <main id="main" className="desk-page grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid min-w-0 gap-1">
          <h1 className="[overflow-wrap:anywhere]">{product.title}</h1>
          <p className="text-base text-ink-soft">
            {product.source === 'shop' ? t('edit.ownWords') : t('edit.source', { source: product.source, licence: product.licence })}
          </p>
        </div>
        <Withdraw product={product} slug={shop.slug} locale={locale} />
      </div>
      <State product={product} locale={locale} />
      <ProductPictures pictures={pictures} offerId={offerId} title={product.title} slug={shop.slug} locale={locale} />
      {product.isShared && <p className="banner">{t('edit.shared')}</p>}
      <ProductFormLive
        action={saveProductAction}
        hidden={{ shop: shop.slug, key: randomUUID(), offerId: product.variants[0]?.offerId ?? '' }}
        start={startOfOwn(product, { places, onHand, locale, options })}
        leaves={leafChoices(leaves, locale)}
        places={places.map(({ name }) => name)}
        words={productFormWords(locale, false, requestMoment())}
        isShared={product.isShared}
      />
    </main>
  );
}

/** Where in the form a thing the law asks is typed. */
const anchorOf = (field: LegalField): string => (field === 'netContent' ? 'v0.content' : field === 'manufacturer' ? 'makerName' : field);

/** Whether everybody sees it, and if not, why: each thing that lacks leads to its field. */
function State({ product, locale }: { readonly product: OwnProductView; readonly locale: Locale }) {
  const t = texts(locale, 'product');
  const sold = product.variants.filter(({ isActive }) => isActive);
  const missing = [...new Set(sold.flatMap((variant) => variant.missing))];
  const isPublic = sold.length > 0 && sold.every((variant) => variant.isPublic);
  return (
    <section className={isPublic && missing.length === 0 ? 'product-state is-public' : 'product-state'} aria-labelledby="state">
      <h2 id="state" className="text-lg">
        {sold.length === 0
          ? t('state.off')
          : isPublic
            ? t(missing.length > 0 ? 'state.publicLacks' : 'state.public')
            : missing.length > 0
              ? t('state.lacks')
              : t('state.waits')}
      </h2>
      {sold.length > 0 && missing.length > 0 && (
        <ul className="grid list-disc gap-1 pl-6 text-base">
          {missing.map((field) => (
            <li key={field}>
              <a href={`#${anchorOf(field)}`}>{lackText(locale, field, product)}</a>
            </li>
          ))}
        </ul>
      )}
      <ul className="grid gap-1 text-base">
        {product.variants.map((variant) => (
          <li key={variant.offerId} className="flex flex-wrap items-center gap-x-3">
            {variant.isPublic ? (
              <a href={pathTo(locale, 'listing', { slugId: variant.slugId })}>{variant.label ?? t('state.page')}</a>
            ) : (
              <span>{variant.label ?? t('variant.one')}</span>
            )}
            <span className="num">{formatMoney(moneyOf(minor(variant.priceMinor)), locale)}</span>
            <PerUnit variant={variant} salesUnit={product.salesUnit} locale={locale} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type PerUnitProps = { readonly variant: OwnProductView['variants'][number] } & Pick<OwnProductView, 'salesUnit'> & {
    readonly locale: Locale;
  };

/** The price per kilogram, litre or metre that has to stand beside the price (ME-06). */
function PerUnit({ variant, salesUnit, locale }: PerUnitProps) {
  const { priceMinor, priceSteps, content } = variant;
  const unitPrice = unitPriceOf({
    priceMinor,
    priceSteps,
    currency: 'EUR',
    salesUnit,
    netQuantity: content?.amount ?? null,
    netUnit: content?.unit ?? null,
  });
  return unitPrice === undefined ? null : <UnitPrice unitPrice={unitPrice} locale={locale} />;
}

function Withdraw({ product, slug, locale }: { readonly product: OwnProductView; readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'product');
  const isOn = product.variants.some(({ isActive }) => isActive);
  return (
    <form action={withdrawProductAction}>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="offerId" value={product.variants[0]?.offerId ?? ''} />
      <input type="hidden" name="active" value={isOn ? 'off' : 'on'} />
      <SubmitButton className="btn btn-secondary min-h-[48px]">
        <Icon name={isOn ? 'x' : 'check'} />
        {t(isOn ? 'edit.withdraw' : 'edit.putBack')}
      </SubmitButton>
    </form>
  );
}
