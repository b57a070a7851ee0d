import { Still } from '@/components/ui/still';
import { pathTo, type Locale, type PublicRoute } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';

export type FooterView = {
  readonly locale: Locale;
  readonly cityName: string;
  readonly operatorName: string;
  readonly isDemo: boolean;
  readonly takesVouchers: boolean;
  /** This page in the other language. */
  readonly otherLanguageHref: string;
};

const links = [
  'help',
  'shops',
  'map',
  'vouchers',
  'ranking',
  'terms',
  'withdrawal',
  'legalNotice',
  'privacy',
  'accessibility',
  'report',
  'join',
] as const satisfies readonly PublicRoute[];

/** Legal links and help, in the same place on every page. */
export function Footer({ locale, cityName, operatorName, isDemo, takesVouchers, otherLanguageHref }: FooterView) {
  const t = texts(locale, 'common');
  const other = locale === 'fr' ? 'en' : 'fr';
  return (
    <Still as="footer" className="footer no-print">
      <div className="wrap footer-row">
        <nav aria-label={t('footer.navigation')}>
          <ul>
            {links
              .filter((link) => takesVouchers || link !== 'vouchers')
              .map((link) => (
                <li key={link}>
                  <a href={pathTo(locale, link)}>{t(`footer.${link}`)}</a>
                </li>
              ))}
            <li>
              <a href={otherLanguageHref} lang={other} hrefLang={other} aria-label={t('footer.languageLabel')}>
                {t('footer.language')}
              </a>
            </li>
          </ul>
        </nav>
        <div className="text-ink-soft">
          <p>{t('footer.operator', { city: cityName, operator: operatorName })}</p>
          {isDemo && <p>{t('footer.demo')}</p>}
        </div>
      </div>
    </Still>
  );
}
