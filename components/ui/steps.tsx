import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon } from './icon';
import { VisuallyHidden } from './tag';

export type Step = {
  readonly key: string;
  readonly label: string;
  readonly state: 'past' | 'current' | 'ahead';
  /** When it happened or will, already in words. */
  readonly time?: string | undefined;
  readonly detail?: ReactNode;
};

/** Stages in order; `words` say for readers what the marks show. */
export function Steps({ steps, words }: { steps: readonly Step[]; words: Readonly<Record<Step['state'], string>> }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li
          key={step.key}
          className={classNames(step.state === 'past' && 'is-past')}
          {...(step.state === 'current' && { 'aria-current': 'step' as const })}
        >
          <span className="mark">{step.state === 'past' && <Icon name="check" />}</span>
          <span>
            {step.label}
            <VisuallyHidden>, {words[step.state]}</VisuallyHidden>
            {step.detail !== undefined && <span className="block text-md font-normal text-ink-soft">{step.detail}</span>}
          </span>
          {step.time !== undefined && <time>{step.time}</time>}
        </li>
      ))}
    </ol>
  );
}
