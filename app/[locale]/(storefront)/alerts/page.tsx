import type { Metadata } from 'next';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { Button, ButtonLink } from '@/components/ui/button';
import { getAlert } from '@/lib/alerts';
import { pathTo } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { confirmAlertAction, stopAlertAction } from './actions';

type AlertPageProps = {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: AlertPageProps): Promise<Metadata> {
  return { title: texts(localeFrom((await params).locale), 'search')('alert.title'), robots: { index: false, follow: false } };
}

/** The page behind the link in a mail: says yes, or stops it. Without a link that is known it says so. */
export default async function AlertPage({ params, searchParams }: AlertPageProps) {
  const { locale } = await showingFor(params);
  const { name: city } = await getCity();
  const asked = (await searchParams)['t'];
  const alert = typeof asked === 'string' ? await getAlert(asked) : undefined;
  const t = texts(locale, 'search');
  return (
    <main id="main" className="wrap page grid max-w-[760px] gap-5">
      <h1 className="text-4xl" tabIndex={-1}>
        {t('alert.title')}
      </h1>
      {alert ? (
        <>
          <p data-testid="alert-state">
            {alert.kind === 'opening' ? t(`alert.opening.${alert.state}`, { city }) : t(`alert.${alert.state}`, { what: alert.what })}
          </p>
          <div className="flex flex-wrap gap-3">
            {alert.state === 'asked' && (
              <form action={confirmAlertAction}>
                <input type="hidden" name="token" value={alert.token} />
                <Button kind="primary">{t('alert.confirm')}</Button>
              </form>
            )}
            <form action={stopAlertAction}>
              <input type="hidden" name="token" value={alert.token} />
              <Button kind="secondary">{t('alert.stop')}</Button>
            </form>
          </div>
        </>
      ) : (
        <>
          <p>{t('alert.none')}</p>
          <p>
            <ButtonLink href={pathTo(locale, 'home')}>{t('alert.home')}</ButtonLink>
          </p>
        </>
      )}
    </main>
  );
}
