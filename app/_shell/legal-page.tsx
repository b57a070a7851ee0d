import type { ReactNode } from 'react';

export type LegalSection = { readonly id: string; readonly title: string; readonly body: ReactNode };

/** A page of words: one title, sections in order. */
export function LegalPage({
  title,
  intro,
  sections,
  version,
  children,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly sections: readonly LegalSection[];
  readonly version?: string;
  readonly children?: ReactNode;
}) {
  return (
    <main id="main" className="wrap page">
      <div className="prose">
        <h1 className="mb-4 text-4xl" tabIndex={-1}>
          {title}
        </h1>
        {intro !== undefined && <p className="text-lg text-ink-soft">{intro}</p>}
        {sections.map((section) => (
          <section key={section.id} aria-labelledby={section.id}>
            <h2 id={section.id}>{section.title}</h2>
            {typeof section.body === 'string' ? <p>{section.body}</p> : section.body}
          </section>
        ))}
        {children}
        {version !== undefined && <p className="mt-9 text-sm text-ink-soft">{version}</p>}
      </div>
    </main>
  );
}

/** Names and values, as on a letterhead. */
export function Definitions({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="identity">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt className="font-normal">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
