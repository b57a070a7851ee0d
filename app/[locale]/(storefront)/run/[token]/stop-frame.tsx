import type { ReactNode } from 'react';
import { directionsUrl } from '@/app/_text/directions';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Tag, VisuallyHidden } from '@/components/ui/tag';
import type { RunPartView, RunStopView } from '@/lib/courier/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type StopFrameProps = {
  readonly stop: RunStopView;
  readonly name: string;
  readonly phone: string | undefined;
  readonly locale: Locale;
  readonly isNext: boolean;
  readonly children?: ReactNode;
};

/** One place on the way: its number, who and where it is, how to get there and to call. What is done folds away. */
export function StopFrame({ stop, name, phone, locale, isNext, children }: StopFrameProps) {
  const t = texts(locale, 'courier');
  const id = `stop-${stop.position}`;
  return (
    <li className={stop.isDone ? 'run-stop is-done' : isNext ? 'run-stop is-next' : 'run-stop'} id={id} aria-labelledby={`${id}-name`}>
      <span className="run-place" aria-hidden="true">
        {stop.isDone ? <Icon name="check" /> : stop.position}
      </span>
      <div className="min-w-0">
        <h3 id={`${id}-name`} className="text-lg">
          <VisuallyHidden>{t('stop', { position: stop.position })} </VisuallyHidden>
          {name}
          {isNext && <Tag colour="honey">{t('next')}</Tag>}
          {stop.isDone && <VisuallyHidden>{t('done')}</VisuallyHidden>}
        </h3>
        {stop.where !== '' && <p className="text-ink-soft">{stop.where}</p>}
        {!stop.isDone && (
          <div className="mt-2.5 flex flex-wrap gap-2">
            <ButtonLink kind="secondary" href={directionsUrl(stop)} rel="noreferrer">
              <Icon name="navigation" />
              {t('directions')}
              <VisuallyHidden>{t('directionsHidden', { position: stop.position })}</VisuallyHidden>
            </ButtonLink>
            {phone !== undefined && (
              <ButtonLink kind="secondary" href={`tel:${phone.replaceAll(/\s/gu, '')}`}>
                <Icon name="phone" />
                {t('call')}
                <VisuallyHidden>{t('callHidden', { name })}</VisuallyHidden>
              </ButtonLink>
            )}
          </div>
        )}
        {children}
      </div>
    </li>
  );
}

const tagOf = {
  'not-ready': 'honey',
  'to-fetch': 'neutral',
  'on-board': 'blue',
  delivered: 'green',
  absent: 'tomato',
  back: 'neutral',
  gone: 'tomato',
} as const;

/** A bag in words: number, what it is, where it stands. */
export function PartLine({
  part,
  locale,
  children,
}: {
  readonly part: RunPartView;
  readonly locale: Locale;
  readonly children?: ReactNode;
}) {
  const t = texts(locale, 'courier');
  const facts = [
    part.bag === undefined ? undefined : t('bag', { bag: part.bag }),
    t('articles', { count: part.articleCount }),
    part.minimumAge === undefined ? undefined : t('age', { age: part.minimumAge }),
    part.receivedBy === undefined ? undefined : t('receivedFrom', { name: part.receivedBy }),
    part.state === 'absent' && part.absentReason !== undefined ? t(`reason.${part.absentReason}`) : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <li className="run-part">
      <span className="min-w-0">
        <b className="figures">{part.number}</b> <Tag colour={tagOf[part.state]}>{t(`state.${part.state}`)}</Tag>
        <span className="block text-md text-ink-soft">{facts.join(', ')}</span>
      </span>
      {children}
    </li>
  );
}
