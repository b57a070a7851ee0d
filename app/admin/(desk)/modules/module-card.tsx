import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import { Tag } from '@/components/ui/tag';
import type { Locale } from '@/lib/kernel';
import type { CityModule, ModuleView } from '@/lib/modules/views';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { switchModuleAction } from './actions';

type CardProps = { readonly module: ModuleView; readonly maySwitch: boolean; readonly showing: OpsShowing };

/** What is counted as under way, where it is not orders. */
const counted: Partial<Record<CityModule, 'returns' | 'carries' | 'requests' | 'alerts'>> = {
  'returns-anywhere': 'returns',
  'network-carries': 'carries',
  requests: 'requests',
  alerts: 'alerts',
};

/** One module: what it does, who sees it, what hangs together with it, how it stands; and its switch. */
export function ModuleCard({ module, maySwitch, showing }: CardProps) {
  const { locale } = showing;
  const t = texts(locale, 'modules');
  const { name, isWanted, works, needs, neededBy, running, switched } = module;
  const facts = [
    [t('labels.seen'), t(`seen.${name}`)],
    ...(needs.length > 0 ? [[t('labels.needs'), namesOf(needs, locale)] as const] : []),
    ...(neededBy.length > 0 ? [[t('labels.neededBy'), namesOf(neededBy, locale)] as const] : []),
    [t('labels.running'), t(`running.${counted[name] ?? 'orders'}`, { count: running })],
  ] as const;
  return (
    <section className="box flex flex-col" aria-labelledby={`module-${name}`}>
      <div className="box-title flex flex-wrap items-center justify-between gap-2">
        <h2 id={`module-${name}`} className="text-md">
          {t(`names.${name}`)}
        </h2>
        <Tag colour={works ? 'green' : isWanted ? 'honey' : 'neutral'}>{t(`state.${works ? 'on' : isWanted ? 'waits' : 'off'}`)}</Tag>
      </div>
      <div className="grid flex-1 content-start gap-3 p-4">
        <p>{t(`does.${name}`)}</p>
        {isWanted && !works && <Banner kind="careful">{t('waitsFor', { names: namesOf(needs, locale) })}</Banner>}
        <dl className="facts">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="text-sm text-ink-soft">
          {switched ? t('since', { when: stamp(switched.at, showing), who: switched.by ?? t('somebody') }) : t('neverSwitched')}
        </p>
      </div>
      {maySwitch && <ModuleSwitch module={module} locale={locale} />}
    </section>
  );
}

/** On by one tap. Off by one tap where nothing is under way and nothing hangs on it; else what it touches is read first. */
function ModuleSwitch({ module, locale }: { readonly module: ModuleView; readonly locale: Locale }) {
  const t = texts(locale, 'modules');
  const { name, isWanted, running, neededBy } = module;
  const title = t(`names.${name}`);
  if (isWanted && (running > 0 || neededBy.length > 0))
    return (
      <details className="px-4 pb-4">
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">
          {t('turnOffAsk')}
          <span className="sr-only"> {title}</span>
        </summary>
        <div className="grid gap-3">
          <Banner kind="careful">
            {[
              ...(running > 0 ? [t(`finish.${counted[name] ?? 'orders'}`, { count: running })] : []),
              ...(neededBy.length > 0 ? [t('alsoStops', { names: namesOf(neededBy, locale) })] : []),
            ].join(' ')}
          </Banner>
          <SwitchForm name={name} enabled="no" isConfirmed label={`${t('turnOffSure')}, ${title}`} words={t('turnOffSure')} />
        </div>
      </details>
    );
  const word = t(isWanted ? 'turnOff' : 'turnOn');
  return (
    <div className="px-4 pb-4">
      <SwitchForm name={name} enabled={isWanted ? 'no' : 'yes'} label={`${word}, ${title}`} words={word} />
    </div>
  );
}

type FormProps = {
  readonly name: CityModule;
  readonly enabled: 'yes' | 'no';
  readonly isConfirmed?: boolean;
  readonly label: string;
  readonly words: string;
};

function SwitchForm({ name, enabled, isConfirmed = false, label, words }: FormProps) {
  return (
    <form action={switchModuleAction}>
      <input type="hidden" name="name" value={name} />
      {isConfirmed && <input type="hidden" name="isConfirmed" value="yes" />}
      <SubmitButton
        className={`btn btn-ops ${enabled === 'yes' ? 'btn-primary' : 'btn-secondary'}`}
        name="enabled"
        value={enabled}
        label={label}
      >
        {words}
      </SubmitButton>
    </form>
  );
}

function namesOf(names: readonly CityModule[], locale: Locale): string {
  const t = texts(locale, 'modules');
  return new Intl.ListFormat(locale).format(names.map((name) => t(`names.${name}`)));
}
