import type { EnergyLabelView } from '@/lib/catalogue/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';

type EnergyArrowProps = { readonly label: EnergyLabelView; readonly locale: Locale };

/**
 * The class of an energy label as the law wants it beside a price: an arrow in the colour of the class, the letter white in a black border,
 * the range of classes in black. The same in both themes. Source: the annexes on distance selling of the acts under 2017/1369.
 */
export function EnergyArrow({ label, locale }: EnergyArrowProps) {
  const { letter, rank, best, worst } = label;
  const t = texts(locale, 'common');
  const tone = Math.min(rank, 6); // the scales of more than seven classes end in several red ones
  return (
    <span className="energy" role="img" aria-label={t('energy.label', { letter, best, worst })}>
      <svg viewBox="0 0 92 36" aria-hidden="true" className={`${letter.length > 1 ? 'is-long' : ''} ${best.length > 3 ? 'is-wide' : ''}`}>
        <rect x="0.75" y="0.75" width="24" height="34.5" className="energy-range" />
        <text x="12.75" y="12" textAnchor="middle" className="energy-end">
          {best}
        </text>
        <path d="M12.75 14.5v7.5m-3-4.5 3-3 3 3" className="energy-up" />
        <text x="12.75" y="32" textAnchor="middle" className="energy-end">
          {worst}
        </text>
        <path d="M28.75.75h46l16 17.25-16 17.25h-46z" className={`energy-arrow energy-${tone}`} />
        <text x="51" y={letter.length > 1 ? 24 : 27} textAnchor="middle" className="energy-letter">
          {letter}
        </text>
      </svg>
    </span>
  );
}

/** The same with the way to the sheet of the product, where one is given. */
export function EnergyLabel({ label, locale }: EnergyArrowProps) {
  return (
    <p className="energy-line">
      <EnergyArrow label={label} locale={locale} />
      {label.sheet !== undefined && (
        <a href={label.sheet} rel="nofollow noopener">
          {texts(locale, 'common')('energy.sheet')}
        </a>
      )}
    </p>
  );
}
