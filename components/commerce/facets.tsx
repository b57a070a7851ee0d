import { Icon } from '@/components/ui/icon';
import { formatNumber, formatMoney, minor, moneyOf, type Locale } from '@/lib/kernel';
import { labels, type FacetName, type FacetValueView, type FacetView, type Label } from '@/lib/search/views';
import { attributeName, texts } from '@/lib/texts/views';

type FacetsProps = {
  readonly locale: Locale;
  readonly action: string;
  readonly facets: readonly FacetView[];
  /** What else stands in the address and must stay: query, order. */
  readonly kept: readonly { readonly name: string; readonly value: string }[];
  readonly total: number;
  readonly closeHref: string;
};

const SHOWN = 6;
const closedAtFirst: ReadonlySet<FacetName> = new Set(['prix', 'marque', 'etat', 'label', 'carac']);

const isLabel = (value: string): value is Label => labels.some((label) => label === value);

/** The words of a value: our own for times, ways, states and prices, else the name the shops gave. */
export function facetLabel(name: FacetName, { value, label }: Pick<FacetValueView, 'value' | 'label'>, locale: Locale): string {
  const t = texts(locale, 'search');
  const euros = (text: string) => formatMoney(moneyOf(minor(Number(text) * 100)), locale).replace(/[.,]00/, '');
  switch (name) {
    case 'quand':
      return value === 'heure' || value === 'aujourdhui' || value === 'demain' || value === 'trois-jours' ? t(`when.${value}`) : label;
    case 'comment':
      return value === 'retrait' || value === 'velo' || value === 'colis' ? t(`way.${value}`) : label;
    case 'etat':
      return value === 'neuf' || value === 'seconde-main' || value === 'remis-a-neuf' ? t(`state.${value}`) : label;
    case 'prix': {
      const [from = '0', to = ''] = value.split('-');
      if (from === '0') return t('price.under', { to: euros(to) });
      return to === '' ? t('price.over', { from: euros(from) }) : t('price.between', { from: euros(from), to: euros(to) });
    }
    case 'label':
      return isLabel(value) ? t(`label.${value}`) : label;
    case 'boutique':
    case 'rayon':
    case 'marque':
    case 'carac':
      return label;
  }
}

function FacetValue({ name, value, locale }: { name: FacetName; value: FacetValueView; locale: Locale }) {
  const isOne = name === 'quand';
  return (
    <li>
      <label>
        <input
          className={isOne ? 'radio' : 'check'}
          type={isOne ? 'radio' : 'checkbox'}
          name={name}
          id={`f-${name}-${value.value}`}
          value={value.value}
          defaultChecked={value.isOn}
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">{facetLabel(name, value, locale)}</span>
        <span className="n">{formatNumber(value.count, locale)}</span>
      </label>
    </li>
  );
}

function Facet({ facet, locale }: { facet: FacetView; locale: Locale }) {
  const t = texts(locale, 'search');
  const isOn = facet.values.some((value) => value.isOn);
  const title =
    facet.title === undefined ? t(facet.name === 'carac' ? 'facet.other' : `facet.${facet.name}`) : attributeName(facet.title, locale);
  const shown = facet.values.filter((value, index) => index < SHOWN || value.isOn);
  const more = facet.values.filter((value) => !shown.includes(value));
  return (
    <details className="facet" open={isOn || !closedAtFirst.has(facet.name)}>
      <summary>
        {title}
        <Icon name="chevron-down" />
      </summary>
      <fieldset>
        <legend className="sr-only">{title}</legend>
        <ul>
          {facet.name === 'quand' && (
            <li>
              <label>
                <input className="radio" type="radio" name="quand" id="f-quand-" value="" defaultChecked={!isOn} />
                {t('when.any')}
              </label>
            </li>
          )}
          {shown.map((value) => (
            <FacetValue key={value.value} name={facet.name} value={value} locale={locale} />
          ))}
        </ul>
        {more.length > 0 && (
          <details className="facet">
            <summary>{t('more', { count: more.length })}</summary>
            <ul>
              {more.map((value) => (
                <FacetValue key={value.value} name={facet.name} value={value} locale={locale} />
              ))}
            </ul>
          </details>
        )}
      </fieldset>
    </details>
  );
}

/** All filters as one GET form: "Appliquer" without script, at once with it. */
export function Facets({ locale, action, facets, kept, total, closeHref }: FacetsProps) {
  const t = texts(locale, 'search');
  const common = texts(locale, 'common');
  return (
    <form action={action} data-auto-apply>
      {kept.map(({ name, value }) => (
        <input key={`${name}-${value}`} type="hidden" name={name} value={value} />
      ))}
      {facets.map((facet) => (
        <Facet key={`${facet.name}-${facet.title ?? ''}`} facet={facet} locale={locale} />
      ))}
      <p className="apply mt-4">
        <button type="submit" className="btn btn-secondary w-full">
          {common('form.apply')}
        </button>
      </p>
      <div className="sheet-only sheet-foot">
        <button type="submit" className="btn btn-primary">
          {t('show', { total })}
        </button>
        <a className="btn btn-secondary" href={closeHref}>
          {common('form.close')}
        </a>
      </div>
    </form>
  );
}
