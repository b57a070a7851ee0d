import type { Metadata } from 'next';
import { lastSaid } from '@/app/_actions/said';
import { deskLocale, enterNetwork } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Awning } from '@/components/commerce/awning';
import { LogoMark } from '@/components/commerce/logo';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { Checkbox, TextAreaField, TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { SkipLink } from '@/components/ui/navigation';
import type { Locale } from '@/lib/kernel';
import { formatDay, formatTime } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import type { NetworkDeskView } from '@/lib/sourcing';
import { getNetworkDesk } from '@/lib/sourcing';
import { texts } from '@/lib/texts';
import { networkRulesAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('network.title') };
}

/** What head office lays down for its shops: own shops first, who brings where, who takes part. */
export default async function NetworkPage({ params }: { readonly params: Promise<{ id: string }> }) {
  const entered = await enterNetwork((await params).id);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [desk, city, said] = await Promise.all([getNetworkDesk(scope), getCity(), lastSaid()]);
  const t = texts(locale, 'merchant');
  const mayEdit = scope.role === 'head-office';
  const now = requestMoment();
  return (
    <>
      <SkipLink>{texts(locale, 'common')('skip')}</SkipLink>
      <main id="main" className="wrap page grid gap-6">
        <a className="logo" href="/merchant">
          <LogoMark />
          Halles
        </a>
        <div>
          <h1 className="text-4xl max-md:text-3xl">{desk.name}</h1>
          <p className="mt-1 text-ink-soft">{t(`network.kind.${desk.kind}`, { count: desk.shops.length })}</p>
          {mayEdit && (
            <ButtonLink className="mt-3 min-h-[64px]" kind="secondary" href={`/merchant/network/${desk.networkId}/team`}>
              <Icon name="users" />
              {texts(locale, 'team')('title')}
            </ButtonLink>
          )}
        </div>
        {said && <Banner kind={said.kind === 'good' ? 'good' : 'careful'}>{said.text}</Banner>}
        <form action={networkRulesAction} className="grid gap-6">
          <input type="hidden" name="network" value={desk.networkId} />
          <input type="hidden" name="from" value={desk.version} />
          <OwnFirst desk={desk} locale={locale} mayEdit={mayEdit} />
          <section aria-labelledby="members" className="grid gap-4">
            <h2 id="members" className="text-2xl">
              {t('network.shops')}
            </h2>
            <ul className="grid gap-4 md:grid-cols-2">
              {desk.shops.map((shop) => (
                <Member key={shop.shopId} shop={shop} desk={desk} locale={locale} mayEdit={mayEdit} />
              ))}
            </ul>
          </section>
          {mayEdit && (
            <div className="grid max-w-xl gap-4">
              <TextField id="source" name="source" label={t('network.source')} minLength={3} maxLength={200} required />
              <SubmitButton className="btn btn-primary justify-self-start">{t('network.save')}</SubmitButton>
            </div>
          )}
        </form>
        <section aria-labelledby="rules-history">
          <h2 id="rules-history" className="text-2xl">
            {t('network.history')}
          </h2>
          {desk.history.length === 0 && <p className="text-ink-soft">{t('network.never')}</p>}
          <ol className="mt-2 grid gap-1">
            {desk.history.map(({ version, since, source, by }) => (
              <li key={version}>
                {t('network.entry', {
                  version,
                  when: `${formatDay(since, now, locale, city.timeZone)} ${formatTime(since, locale, city.timeZone)}`,
                  who: by ?? '',
                  why: source,
                })}
              </li>
            ))}
          </ol>
        </section>
      </main>
    </>
  );
}

type PartProps = { readonly desk: NetworkDeskView; readonly locale: Locale; readonly mayEdit: boolean };

function OwnFirst({ desk, locale, mayEdit }: PartProps) {
  const t = texts(locale, 'merchant');
  return (
    <fieldset className="panel grid gap-3 p-5" disabled={!mayEdit}>
      <legend className="display text-xl font-bold">{t('network.ownFirst')}</legend>
      <p className="text-ink-soft">{t('network.ownFirstText')}</p>
      {(['off', 'soft', 'hard'] as const).map((rule) => (
        <label key={rule} className="flex min-h-11 items-center gap-3">
          <input className="radio" type="radio" name="ownFirst" value={rule} defaultChecked={desk.rules.ownFirst === rule} />
          {t(`network.rule.${rule}`)}
        </label>
      ))}
      <TextField
        id="foreign-unit"
        name="foreignUnitMinor"
        type="number"
        min={0}
        max={100_000}
        inputMode="numeric"
        label={t('network.foreignUnit')}
        hint={t('network.foreignUnitHint')}
        defaultValue={desk.rules.foreignUnitMinor}
        required
      />
    </fieldset>
  );
}

function Member({ shop, desk, locale, mayEdit }: PartProps & { readonly shop: NetworkDeskView['shops'][number] }) {
  const t = texts(locale, 'merchant');
  const territory = desk.rules.territories.find((one) => one.shopId === shop.shopId);
  return (
    <li className="panel overflow-hidden">
      <Awning awning={shop.awning} />
      <fieldset className="grid gap-3 p-5" disabled={!mayEdit}>
        <legend className="sr-only">{shop.name}</legend>
        <p>
          <b className="display block text-xl font-bold">{shop.name}</b>
          <span className="text-ink-soft">
            {shop.street}, {shop.postcode}
          </span>
        </p>
        <input type="hidden" name="shops" value={shop.shopId} />
        <Checkbox id={`out-${shop.shopId}`} name={`out-${shop.shopId}`} defaultChecked={desk.rules.excludedShopIds.includes(shop.shopId)}>
          {t('network.out')}
        </Checkbox>
        <TextAreaField
          id={`where-${shop.shopId}`}
          name={`where-${shop.shopId}`}
          rows={2}
          label={t('network.territory')}
          hint={t('network.territoryHint')}
          defaultValue={territory?.postcodes.join(' ') ?? ''}
        />
      </fieldset>
    </li>
  );
}
