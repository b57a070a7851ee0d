import type { CSSProperties, ReactNode } from 'react';
import { Icon, type IconName } from '@/components/ui/icon';

export type SlateLine = { readonly label: string; readonly amount: string };
export type SlateMoment = { readonly key: string; readonly when: string; readonly what: string };
export type SlateNote = { readonly icon: IconName; readonly text: ReactNode };

type SlateSummaryProps = {
  readonly title: string;
  readonly lines: readonly SlateLine[];
  readonly total: SlateLine;
  readonly moments?: readonly SlateMoment[];
  readonly momentsLabel?: string;
  /** The pay button or link: `className="btn btn-honey btn-pay"`. */
  readonly action?: ReactNode;
  readonly notes?: readonly SlateNote[];
  readonly children?: ReactNode;
};

const dots = ['oklch(.79 .118 160)', 'oklch(.765 .13 30)', 'oklch(.805 .085 252)', 'oklch(.85 .13 85)', 'oklch(.72 .1 330)'];

/** The slate with its wooden frame: what it costs, when each part comes, the one button. */
export function SlateSummary({ title, lines, total, moments = [], momentsLabel, action, notes = [], children }: SlateSummaryProps) {
  return (
    <aside className="slate" aria-label={title}>
      <h2>{title}</h2>
      <dl className="slate-lines">
        {lines.map((line) => (
          <SlateRow key={line.label} line={line} />
        ))}
      </dl>
      <dl className="slate-total">
        <SlateRow line={total} />
      </dl>
      {moments.length > 0 && (
        <ul className="slate-when" aria-label={momentsLabel}>
          {moments.map((moment, index) => {
            const colour: CSSProperties & Record<'--c', string> = { '--c': dots[index % dots.length] ?? 'currentColor' };
            return (
              <li key={moment.key} style={colour}>
                <b>{moment.when}</b>
                <span>{moment.what}</span>
              </li>
            );
          })}
        </ul>
      )}
      {children}
      {action}
      {notes.map((note, index) => (
        <p key={`${note.icon}-${index === 0 ? 'first' : 'next'}`} className="slate-note">
          <Icon name={note.icon} />
          <span>{note.text}</span>
        </p>
      ))}
    </aside>
  );
}

function SlateRow({ line }: { line: SlateLine }) {
  return (
    <>
      <dt>{line.label}</dt>
      <dd>{line.amount}</dd>
    </>
  );
}
