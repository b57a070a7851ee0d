import type { ReactNode } from 'react';

type SectionProps = {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly more?: { readonly href: string; readonly label: string };
  readonly buttons?: ReactNode;
  readonly children: ReactNode;
};

/** A part of the home: its title, what leads further, what is in it. */
export function Section({ id, title, note, more, buttons, children }: SectionProps) {
  return (
    <section className="home-section" id={id} aria-labelledby={`${id}-titre`}>
      <div className="section-head">
        <h2 id={`${id}-titre`}>{title}</h2>
        {buttons}
        {more && <a href={more.href}>{more.label}</a>}
        {note !== undefined && <p className="basis-full text-md text-ink-soft">{note}</p>}
      </div>
      {children}
    </section>
  );
}
