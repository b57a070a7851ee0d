import { Icon } from '@/components/ui/icon';
import type { Locale } from '@/lib/kernel';
import type { BeginningStep, BeginningView } from '@/lib/onboarding';
import { beginningSteps } from '@/lib/onboarding';
import { texts } from '@/lib/texts';
import { missingPaperText } from '@/app/_text/explain-beginning';

type StepListProps = { readonly beginning: BeginningView; readonly shown: BeginningStep | undefined; readonly locale: Locale };

/** The six steps, what each still lacks in words, the one on show marked. */
export function StepList({ beginning, shown, locale }: StepListProps) {
  const t = texts(locale, 'onboarding');
  return (
    <nav aria-label={t('stepsLabel')}>
      <ol className="beginning-steps">
        {beginningSteps.map((step, index) => {
          const lacks = beginning.missing.filter((paper) => paper.step === step);
          const isDone = lacks.length === 0;
          return (
            <li key={step}>
              <a href={`/merchant/start?shop=${beginning.slug}&step=${step}`} {...(step === shown && { 'aria-current': 'step' as const })}>
                <span className={isDone ? 'beginning-mark is-done' : 'beginning-mark'} aria-hidden="true">
                  {isDone ? <Icon name="check" /> : index + 1}
                </span>
                <span>
                  <b>{t(`steps.${step}.title`)}</b>
                  <small>
                    {isDone ? t('done') : `${t('todo')} – ${lacks.map((paper) => missingPaperText(locale, paper, beginning)).join(', ')}`}
                  </small>
                </span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
