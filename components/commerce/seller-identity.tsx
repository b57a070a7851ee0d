import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { formatDate, type Instant } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import type { Showing } from './showing';

/** Who answers for an offer, as trade law wants it read before the basket. */
export type SellerIdentityView = {
  readonly legalName: string;
  readonly legalForm: string;
  readonly capital: string | undefined;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly register: string;
  readonly registrationNumber: string;
  readonly vatNumber: string | undefined;
  readonly mediatorName: string;
  readonly mediatorUrl: string;
  readonly isProfessional: boolean;
  readonly selfCertifiedAt: Instant | undefined;
  readonly verifiedAt: Instant | undefined;
};

/** "Professionnel, vérifié le …" from the seller's own stored declaration. */
export function TraderTag({ seller, locale, timeZone }: Showing & { seller: SellerIdentityView }) {
  const t = texts(locale, 'listing');
  if (!seller.isProfessional) return <Tag colour="honey">{t('trust.notTrader')}</Tag>;
  return (
    <Tag colour="green">
      <Icon name="shield-check" />
      {seller.verifiedAt === undefined ? t('trust.trader') : t('trust.verified', { date: formatDate(seller.verifiedAt, locale, timeZone) })}
    </Tag>
  );
}

/** Legal name, form, address, phone, e-mail, register, VAT, mediator, self-certification: all of it, in one list. */
export function SellerIdentity({ seller, ...showing }: Showing & { seller: SellerIdentityView }) {
  const { locale, timeZone } = showing;
  const t = texts(locale, 'listing');
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    [t('trust.legalName'), seller.legalName],
    [t('trust.form'), seller.capital === undefined ? seller.legalForm : `${seller.legalForm}, ${seller.capital}`],
    [t('trust.address'), seller.address],
    [
      t('trust.phone'),
      <a key="phone" href={`tel:${seller.phone.replace(/\s/g, '')}`}>
        {seller.phone}
      </a>,
    ],
    [
      t('trust.email'),
      <a key="email" href={`mailto:${seller.email}`}>
        {seller.email}
      </a>,
    ],
    [t('trust.register'), `${seller.register} ${seller.registrationNumber}`],
    [t('trust.vat'), seller.vatNumber ?? '—'],
    [
      t('trust.mediator'),
      <a key="mediator" href={seller.mediatorUrl} rel="external noopener">
        {seller.mediatorName}
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
      {seller.selfCertifiedAt !== undefined && (
        <p className="text-md text-ink-soft">{t('trust.certified', { date: formatDate(seller.selfCertifiedAt, locale, timeZone) })}</p>
      )}
    </div>
  );
}
