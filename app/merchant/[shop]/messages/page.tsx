import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { Button } from '@/components/ui/button';
import { Checkbox, TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { VisuallyHidden } from '@/components/ui/tag';
import { MINUTE, formatDay, type Locale } from '@/lib/kernel';
import { ABSENT_AFTER_MS } from '@/lib/presence';
import { channelsOf, getPushPage, messageChannels, messageKinds } from '@/lib/push';
import type { MessageWishes, PushDeviceView } from '@/lib/push/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { RingHere } from '../../_parts/ring-here';
import { addDeviceAction, messageWishesAction, removeDeviceAction, testDevicesAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'push')('page.title') };
}

/** What the shop hears, on which devices, and when not. Everybody of the shop may let a device ring; what is told is for who runs it. */
export default async function MessagesPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const [{ publicKey, devices, wishes }, city] = await Promise.all([getPushPage(scope), getCity()]);
  const t = texts(locale, 'push');
  return (
    <main id="main" className="desk-page grid gap-6">
      <div className="grid gap-2">
        <h1>{t('page.title')}</h1>
        <p className="text-base text-ink-soft">{t('page.intro')}</p>
        <p className="text-base text-ink-soft">{t('page.absence', { minutes: ABSENT_AFTER_MS / MINUTE })}</p>
      </div>
      {publicKey === undefined ? (
        <p className="panel flex items-center gap-3 p-5">
          <Icon name="bell" className="text-xl" />
          {t('page.device.off')}
        </p>
      ) : (
        <section className="panel grid justify-items-start gap-3 p-5 needs-script" aria-labelledby="here">
          <h2 id="here" className="text-xl">
            {t('page.device.title')}
          </h2>
          <p className="text-base text-ink-soft">{t('page.device.text')}</p>
          <RingHere
            publicKey={publicKey}
            slug={shop.slug}
            action={addDeviceAction}
            icon={<Icon name="bell" />}
            words={{
              on: t('page.device.on'),
              unsupported: t('page.device.unsupported'),
              denied: t('page.device.denied'),
              failed: t('page.device.failed'),
            }}
          />
        </section>
      )}
      {publicKey !== undefined && <Devices devices={devices} slug={shop.slug} words={{ locale, timeZone: city.timeZone }} />}
      {scope.role !== 'counter' && <Wishes wishes={wishes} slug={shop.slug} locale={locale} />}
    </main>
  );
}

type DevicesProps = {
  readonly devices: readonly PushDeviceView[];
  readonly slug: string;
  readonly words: { readonly locale: Locale; readonly timeZone: string };
};

function Devices({ devices, slug, words: { locale, timeZone } }: DevicesProps) {
  const t = texts(locale, 'push');
  const now = requestMoment();
  return (
    <section className="panel grid gap-3 p-5" aria-labelledby="devices">
      <h2 id="devices" className="text-xl">
        {t('page.devices.title')}
      </h2>
      {devices.length === 0 && <p className="text-base text-ink-soft">{t('page.devices.none')}</p>}
      <ul className="grid gap-3">
        {devices.map(({ deviceId, label, person, createdAt }) => {
          const name = label === '' ? t('page.devices.unnamed') : label;
          return (
            <li key={deviceId} className="flex flex-wrap items-center gap-x-5 gap-y-2">
              <p className="min-w-[14rem] flex-1">
                <strong>{name}</strong>
                <br />
                <span className="text-ink-soft">
                  {t('page.devices.since', { person, day: formatDay(createdAt, now, locale, timeZone) })}
                </span>
              </p>
              <form action={removeDeviceAction}>
                <input type="hidden" name="shop" value={slug} />
                <Button kind="secondary" className="min-h-[56px]" name="device" value={deviceId}>
                  <span aria-hidden="true">{t('page.devices.remove')}</span>
                  <VisuallyHidden>{t('page.devices.removeHidden', { label: name })}</VisuallyHidden>
                </Button>
              </form>
            </li>
          );
        })}
      </ul>
      {devices.length > 0 && (
        <form action={testDevicesAction}>
          <input type="hidden" name="shop" value={slug} />
          <Button kind="secondary" className="min-h-[56px]">
            <Icon name="bell" />
            {t('page.device.test')}
          </Button>
        </form>
      )}
    </section>
  );
}

function Wishes({ wishes, slug, locale }: { readonly wishes: MessageWishes; readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'push');
  return (
    <section className="panel grid gap-4 p-5" aria-labelledby="wishes">
      <h2 id="wishes" className="text-xl">
        {t('page.wishes.title')}
      </h2>
      <form action={messageWishesAction} className="grid gap-5">
        <input type="hidden" name="shop" value={slug} />
        <div className="grid gap-4 md:grid-cols-2">
          {messageKinds.map((kind) => (
            <fieldset key={kind} className="grid content-start gap-1">
              <legend className="mb-1 font-semibold">{t(`page.wishes.kinds.${kind}`)}</legend>
              {messageChannels
                .filter((channel) => channelsOf(kind).includes(channel))
                .map((channel) => (
                  <Checkbox
                    key={channel}
                    id={`${kind}-${channel}`}
                    name={`${kind}:${channel}`}
                    defaultChecked={!wishes.muted.includes(`${kind}:${channel}`)}
                  >
                    {t(`page.wishes.${channel}`)}
                  </Checkbox>
                ))}
            </fieldset>
          ))}
        </div>
        <fieldset className="grid gap-2">
          <legend className="font-semibold">{t('page.wishes.quiet')}</legend>
          <p className="text-base text-ink-soft">{t('page.wishes.quietText')}</p>
          <div className="flex flex-wrap gap-4">
            <TextField
              id="quiet-from"
              name="quietFrom"
              type="time"
              label={t('page.wishes.from')}
              defaultValue={wishes.quietFrom}
              required
            />
            <TextField id="quiet-to" name="quietTo" type="time" label={t('page.wishes.to')} defaultValue={wishes.quietTo} required />
          </div>
        </fieldset>
        <Button className="min-h-[64px] justify-self-start">{t('page.wishes.save')}</Button>
      </form>
    </section>
  );
}
