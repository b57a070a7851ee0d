import type { CSSProperties, ReactNode } from 'react';
import { Icon, type IconName } from '@/components/ui/icon';
import type { FormAction } from './showing';

/** One way to receive the basket, in words: what comes out, what changes, what it costs beside the chosen one. */
export type PlanChoiceView = {
  readonly kind: string;
  readonly icon: IconName;
  readonly name: string;
  readonly outcome: string;
  readonly change: string;
  readonly cost: string;
  readonly isChosen: boolean;
};

type PlanPickerProps = {
  readonly action: FormAction;
  readonly legend: string;
  readonly listLabel: string;
  readonly plans: readonly PlanChoiceView[];
  /** The words of the button, which script may hide once it posts by itself. */
  readonly apply: string;
  readonly hidden?: ReactNode;
};

/** Two to five plans as one radio group with its "Appliquer" button. */
export function PlanPicker({ action, legend, listLabel, plans, apply, hidden }: PlanPickerProps) {
  const count: CSSProperties & Record<'--plans', number> = { '--plans': Math.max(2, plans.length) };
  return (
    <form className="plans" action={action} data-plan-picker>
      {hidden}
      <fieldset>
        <legend>{legend}</legend>
        <ul style={count} tabIndex={0} aria-label={listLabel}>
          {plans.map((plan) => (
            <li key={plan.kind}>
              <label className="plan">
                <input type="radio" name="plan" value={plan.kind} defaultChecked={plan.isChosen} />
                <span className="plan-name">
                  <Icon name={plan.isChosen ? 'check' : plan.icon} />
                  {plan.name}
                </span>
                <span>{plan.outcome}</span>
                <span className="plan-change">{plan.change}</span>
                <span className="plan-cost">{plan.cost}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <p className="mt-3">
        <button type="submit" className="btn btn-secondary">
          {apply}
        </button>
      </p>
    </form>
  );
}
