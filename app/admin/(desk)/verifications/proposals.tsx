import { SubmitButton } from '@/components/commerce/submit-button';
import { Tag } from '@/components/ui/tag';
import { formatAge, type Instant, type Locale } from '@/lib/kernel';
import type { ProposalView } from '@/lib/proposals/views';
import { texts } from '@/lib/texts';
import { seeProposalAction } from './actions';

type ProposalsProps = { readonly proposals: readonly ProposalView[]; readonly locale: Locale; readonly now: Instant };

/** Shops people would like to see here, most wished for first. */
export function Proposals({ proposals, locale, now }: ProposalsProps) {
  const t = texts(locale, 'onboarding');
  return (
    <section className="grid gap-3" aria-labelledby="proposals">
      <h2 id="proposals" className="text-lg">
        {t('proposals.title')}
      </h2>
      <p className="max-w-[72ch] text-ink-soft">{t('proposals.lead')}</p>
      <ul className="grid gap-3">
        {proposals.map(({ key, name, street, words, wishes, proposedAt }) => (
          <li key={key} className="box flex flex-wrap items-start justify-between gap-3 p-4">
            <div className="min-w-0 max-w-[72ch] [overflow-wrap:anywhere]">
              <strong>{name}</strong> <Tag>{t('proposals.wishes', { count: wishes })}</Tag>
              <span className="block text-ink-soft">
                {[...(street === '' ? [] : [street]), t('proposals.since', { age: formatAge(proposedAt, now, locale) })].join(', ')}
              </span>
              {words !== '' && <p className="mt-1">{words}</p>}
            </div>
            <form action={seeProposalAction}>
              <input type="hidden" name="key" value={key} />
              <SubmitButton className="btn btn-secondary btn-ops" label={t('proposals.seenLabel', { name })}>
                {t('proposals.seen')}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
