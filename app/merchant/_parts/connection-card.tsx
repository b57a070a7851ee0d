import { explainPicture } from '@/app/_text/explain-import';
import { durationText, explainFault, explainItem } from '@/app/_text/explain-source';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Tag } from '@/components/ui/tag';
import type { Instant, Locale } from '@/lib/kernel';
import { formatAge, formatDay, formatTime } from '@/lib/kernel';
import type { ConnectionView } from '@/lib/sources/views';
import { texts } from '@/lib/texts';

type Step = (form: FormData) => Promise<void>;
export type ConnectionSteps = {
  readonly test: Step;
  readonly ask: Step;
  readonly pause: Step;
  readonly resume: Step;
  readonly remove: Step;
};

export type ConnectionShowing = {
  readonly locale: Locale;
  readonly now: Instant;
  readonly timeZone: string;
  readonly slug: string;
  readonly baseUrl: string;
};

type CardProps = { readonly connection: ConnectionView; readonly showing: ConnectionShowing; readonly steps: ConnectionSteps };

const colours = { fine: 'green', waiting: 'blue', failing: 'honey', degraded: 'tomato', paused: 'neutral' } as const;

/** One connection: how it does, in words, and what can be done about it. */
export function ConnectionCard({ connection, showing, steps }: CardProps) {
  const { locale } = showing;
  const { name, health, grade, onSale, connectionId } = connection;
  const t = texts(locale, 'sources');
  return (
    <li className="panel grid gap-4 p-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-lg" id={connectionId}>
            {name}
          </h3>
          <p className="text-base break-all text-ink-soft">{connection.at}</p>
        </div>
        <Tag colour={colours[health]}>{t(`health.${health}`)}</Tag>
      </div>
      <Trouble connection={connection} showing={showing} />
      <ul className="grid gap-1 text-base">
        <li>{t('list.onSale', { count: onSale })}</li>
        <Pictures pictures={connection.pictures} locale={locale} />
        <li>
          <LastSync connection={connection} showing={showing} />
        </li>
        <li>
          {connection.lagMs === undefined ? t('list.lagUnknown') : t('list.lag', { duration: durationText(locale, connection.lagMs) })}
        </li>
        <li>{t('list.grade', { grade, meaning: t(`grades.${grade}`) })}</li>
      </ul>
      {connection.hookPath !== undefined && <Hook connection={connection} showing={showing} />}
      <Refused connection={connection} locale={locale} />
      <Steps connection={connection} slug={showing.slug} locale={locale} steps={steps} />
    </li>
  );
}

/** How the pictures of its goods stand; nothing where it names none. */
function Pictures({ pictures, locale }: { readonly pictures: ConnectionView['pictures']; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  const { kept, waiting, failed } = pictures;
  return (
    <>
      {kept > 0 && <li>{t('pictures.kept', { count: kept })}</li>}
      {waiting > 0 && <li>{t('pictures.waiting', { count: waiting })}</li>}
      {failed.map(({ reason, count }) => (
        <li key={reason}>
          {t('pictures.failed', { count })}, {explainPicture(locale, reason)}
        </li>
      ))}
    </>
  );
}

function LastSync({ connection, showing }: Omit<CardProps, 'steps'>) {
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'sources');
  const { lastSuccessAt, isUnderWay, nextPullAt, health } = connection;
  if (lastSuccessAt === undefined) return <>{t('list.never')}</>;
  const last = t('list.lastSync', { age: formatAge(lastSuccessAt, now, locale) });
  const isDue = health !== 'paused' && nextPullAt > now;
  return (
    <>
      {last}. {isUnderWay ? t('list.underWay') : isDue ? t('list.next', { time: formatTime(nextPullAt, locale, timeZone) }) : null}
    </>
  );
}

function Trouble({ connection, showing }: Omit<CardProps, 'steps'>) {
  const { locale, now, timeZone } = showing;
  const { fault, degradedSince, name, health } = connection;
  const t = texts(locale, 'sources');
  if (fault === undefined || health === 'paused') return null;
  const since = degradedSince && {
    day: formatDay(degradedSince, now, locale, timeZone),
    time: formatTime(degradedSince, locale, timeZone),
  };
  return (
    <div className={`banner ${degradedSince === undefined ? 'banner-honey' : 'banner-tomato'}`}>
      <p>
        {explainFault(locale, fault, name)} {since && `${t('since', since)} ${t('stands')}`}
      </p>
    </div>
  );
}

function Hook({ connection, showing }: Omit<CardProps, 'steps'>) {
  const t = texts(showing.locale, 'sources');
  const { name, hookPath = '', heardAt } = connection;
  return (
    <div className="text-base">
      {heardAt === undefined ? (
        <p>{t('list.hook', { name })}</p>
      ) : (
        <p>{t('list.heard', { age: formatAge(heardAt, showing.now, showing.locale) })}</p>
      )}
      <code className="block break-all select-all">{`${showing.baseUrl}${hookPath}`}</code>
    </div>
  );
}

function Refused({ connection, locale }: { readonly connection: ConnectionView; readonly locale: Locale }) {
  const t = texts(locale, 'sources');
  const { refused, refusedCount } = connection;
  if (refusedCount === 0) return null;
  return (
    <details>
      <summary className="min-h-[48px] content-center">{t('refused.title', { count: refusedCount })}</summary>
      {refusedCount > refused.length && <p className="text-base text-ink-soft">{t('refused.more', { count: refused.length })}</p>}
      <ul className="mt-2 grid gap-2 text-base">
        {refused.map(({ externalId, title, reason, value }) => (
          <li key={externalId}>
            <strong className="break-all">{title === '' ? externalId : title}</strong> {explainItem(locale, reason, value)}
          </li>
        ))}
      </ul>
    </details>
  );
}

type StepsProps = { readonly connection: ConnectionView; readonly slug: string; readonly locale: Locale; readonly steps: ConnectionSteps };

function Steps({ connection, slug, locale, steps }: StepsProps) {
  const t = texts(locale, 'sources');
  const { name, health, connectionId } = connection;
  const hidden = (
    <>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="connectionId" value={connectionId} />
      <input type="hidden" name="name" value={name} />
    </>
  );
  const button = (step: Step, word: string, label: string) => (
    <form action={step}>
      {hidden}
      <SubmitButton className="btn btn-secondary min-h-[64px]" label={label}>
        {word}
      </SubmitButton>
    </form>
  );
  return (
    <div className="flex flex-wrap items-start gap-3">
      {button(steps.test, t('do.test'), t('do.testLabel', { name }))}
      {health === 'paused'
        ? button(steps.resume, t('do.resume'), t('do.resumeLabel', { name }))
        : [
            <span key="ask">{button(steps.ask, t('do.ask'), t('do.askLabel', { name }))}</span>,
            <span key="pause">{button(steps.pause, t('do.pause'), t('do.pauseLabel', { name }))}</span>,
          ]}
      <details className="min-w-[12rem]">
        <summary className="min-h-[64px] content-center">{t('do.removeTitle')}</summary>
        <p className="mb-3 max-w-[50ch] text-base text-ink-soft">{t('do.removeText', { name })}</p>
        {button(steps.remove, t('do.remove'), t('do.removeLabel', { name }))}
      </details>
    </div>
  );
}
