import type { Locale } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, readCity } from './mail-facts';

export type AlertMail = {
  /** Asks whether it was really they; or tells that it is there, the thing or the city itself. */
  readonly kind: 'confirm' | 'found' | 'opening-confirm' | 'opening-found';
  readonly key: string;
  readonly recipient: string;
  readonly locale: Locale;
  readonly what: string;
  readonly url: string;
  readonly stopUrl: string;
};

/** A mail about something somebody waits for; each kind is written once per alert. */
export async function mailAlert(
  { kind, key, recipient, locale, what, url, stopUrl }: AlertMail,
  ports: Ports = systemPorts,
): Promise<void> {
  const city = await readCity();
  const t = texts(locale, 'mail');
  const words = { what, city: city.name };
  await deliverMail(
    {
      kind: `alert-${kind}`,
      subject: 'alert',
      causeKey: key,
      recipient,
      locale,
      title: t(`alert.${kind}.title`, words),
      blocks: [
        { kind: 'heading', text: t(`alert.${kind}.heading`, words) },
        { kind: 'text', text: t(`alert.${kind}.text`, words) },
        { kind: 'button', label: t(`alert.${kind}.button`), url },
        { kind: 'link', label: t('alert.stop'), url: stopUrl },
      ],
      footer: footerOf(city, locale),
    },
    ports,
  );
}
