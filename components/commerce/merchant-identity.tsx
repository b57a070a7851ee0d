import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { formatDate } from '@/lib/kernel';
import type { MerchantIdentityView } from '@/lib/shops/views';
import { texts } from '@/lib/texts/views';
import type { Showing } from './showing';

/** "Professionnel, vérifié le …" from the merchant's own stored declaration. */
export function TraderTag({ merchant, locale, timeZone }: Showing & { merchant: MerchantIdentityView }) {
  const t = texts(locale, 'listing');
  if (!merchant.isProfessional) return <Tag colour="honey">{t('trust.notTrader')}</Tag>;
  return (
    <Tag colour="green">
      <Icon name="shield-check" />
      {merchant.verifiedAt === undefined
        ? t('trust.trader')
        : t('trust.verified', { date: formatDate(merchant.verifiedAt, locale, timeZone) })}
    </Tag>
  );
}

/** Legal name, form, address, phone, e-mail, register, VAT, mediator, self-certification: all of it, in one list. */
export function MerchantIdentity({ merchant, ...showing }: Showing & { merchant: MerchantIdentityView }) {
  const { locale, timeZone } = showing;
  const t = texts(locale, 'listing');
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    [t('trust.legalName'), merchant.legalName],
    [t('trust.form'), merchant.capital === undefined ? merchant.legalForm : `${merchant.legalForm}, ${merchant.capital}`],
    [t('trust.address'), merchant.address],
    [
      t('trust.phone'),
      <a key="phone" href={`tel:${merchant.phone.replace(/\s/g, '')}`}>
        {merchant.phone}
      </a>,
    ],
    [
      t('trust.email'),
      <a key="email" href={`mailto:${merchant.email}`}>
        {merchant.email}
      </a>,
    ],
    [t('trust.register'), `${merchant.register} ${merchant.registrationNumber}`],
    [t('trust.vat'), merchant.vatNumber ?? '—'],
    [
      t('trust.mediator'),
      <a key="mediator" href={merchant.mediatorUrl} rel="external noopener">
        {merchant.mediatorName}
      </a>,
    ],
  ];
  return (
    <div className="grid gap-3">
      <dl className="identity">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {merchant.selfCertifiedAt !== undefined && (
        <p className="text-md text-ink-soft">{t('trust.certified', { date: formatDate(merchant.selfCertifiedAt, locale, timeZone) })}</p>
      )}
    </div>
  );
}
