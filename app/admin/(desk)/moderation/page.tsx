import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { Tag } from '@/components/ui/tag';
import { listMatches } from '@/lib/catalogue';
import type { MatchReviewView, MatchedPageView } from '@/lib/catalogue/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { listOpenRequests } from '@/lib/requests';
import type { ModeratedRequestView } from '@/lib/requests/views';
import { decideMatchAction, removeRequestAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'imports')('matches.title') };
}

/** Pages that may be one thing, and bar codes that name two: a person decides, and can take it back. */
export default async function ModerationPage() {
  const entered = await enterCity(['admin', 'moderator']);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [reviews, requests] = await Promise.all([listMatches(scope), listOpenRequests(scope)]);
  const t = texts(locale, 'imports');
  return (
    <main id="main" className="ops-page grid gap-5 p-6">
      <h1 className="text-2xl">{t('matches.title')}</h1>
      <p className="max-w-[72ch] text-ink-soft">{t('matches.lead')}</p>
      {reviews.length === 0 ? (
        <Empty title={t('matches.none')} />
      ) : (
        <ul className="grid gap-3">
          {reviews.map((review) => (
            <Review key={review.reviewId} review={review} locale={locale} />
          ))}
        </ul>
      )}
      <Requests requests={requests} locale={locale} />
    </main>
  );
}

function Requests({ requests, locale }: { readonly requests: readonly ModeratedRequestView[]; readonly locale: Locale }) {
  const t = texts(locale, 'requests');
  return (
    <section className="grid gap-3" aria-labelledby="requests">
      <h2 id="requests" className="text-xl">
        {t('city.title')}
      </h2>
      <p className="max-w-[72ch] text-ink-soft">{t('city.lead')}</p>
      {requests.length === 0 && <Empty title={t('city.none')} />}
      <ul className="grid gap-2">
        {requests.map(({ requestId, words, photoKey, shopsAsked, offers }) => (
          <li key={requestId} className="panel flex flex-wrap items-center gap-4 p-3">
            {photoKey !== undefined && <img className="h-16 w-auto" src={`/api/photos/${photoKey}`} alt="" loading="lazy" />}
            <p className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
              <strong>{words}</strong>
              <span className="block text-ink-soft">{t('city.counts', { shops: shopsAsked, offers })}</span>
            </p>
            <form action={removeRequestAction}>
              <input type="hidden" name="requestId" value={requestId} />
              <SubmitButton className="btn btn-secondary btn-ops" label={t('city.removeLabel', { words })}>
                {t('city.remove')}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Review({ review, locale }: { readonly review: MatchReviewView; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  const decisions = review.state === 'merged' ? (['split'] as const) : (['merge', 'keep-apart'] as const);
  return (
    <li className="panel grid gap-3 p-4">
      <p className="flex flex-wrap items-center gap-2">
        <Tag colour={review.kind === 'same-code' ? 'tomato' : 'honey'}>{t(`matches.kinds.${review.kind}`)}</Tag>
        {review.kind === 'alike' && (
          <span className="text-ink-soft">{t('matches.alike', { percent: Math.round(review.likenessBps / 100) })}</span>
        )}
        {review.state === 'merged' && <Tag colour="green">{t('matches.merged')}</Tag>}
      </p>
      <div className="grid gap-3 md:grid-cols-2">
        <Page page={review.page} locale={locale} />
        <Page page={review.other} locale={locale} />
      </div>
      <form action={decideMatchAction} className="flex flex-wrap gap-2">
        <input type="hidden" name="reviewId" value={review.reviewId} />
        {decisions.map((decision) => (
          <SubmitButton
            key={decision}
            className={decision === 'merge' ? 'btn btn-primary btn-ops' : 'btn btn-secondary btn-ops'}
            name="decision"
            value={decision}
          >
            {t(`matches.decisions.${decision}`)}
          </SubmitButton>
        ))}
      </form>
    </li>
  );
}

function Page({ page, locale }: { readonly page: MatchedPageView; readonly locale: Locale }) {
  const t = texts(locale, 'imports');
  return (
    <div className="min-w-0">
      <a href={`/p/${page.slugId}`}>
        <strong>{page.title}</strong>
      </a>
      <p className="text-ink-soft">{[page.brand, page.gtin?.replace(/^0+/, '')].filter(Boolean).join(' · ')}</p>
      <p className="text-ink-soft">
        {page.shops.length === 0 ? t('matches.noShop') : t('matches.soldBy', { shops: page.shops.join(', ') })}
      </p>
    </div>
  );
}
