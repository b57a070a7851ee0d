import { Arche } from '@/components/commerce/faience/faience';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { CounterReturnView } from '@/lib/returns/views';
import { texts } from '@/lib/texts';
import { inspectReturnAction } from '../[shop]/counter/returns/actions';
import type { DeskShowing } from './desk-words';
import { quantityText } from './pick-line';

type ReturnInspectionProps = { readonly view: CounterReturnView; readonly pass: string; readonly showing: DeskShowing };

/** The goods are on the counter: how many of each, how many as new, then one of two big buttons. */
export function ReturnInspection({ view, pass, showing: { locale, slug } }: ReturnInspectionProps) {
  const t = texts(locale, 'returns');
  return (
    <form action={inspectReturnAction} className="grid gap-5" aria-labelledby="found">
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="pass" value={pass} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="found" className="text-2xl">
            {view.shopperName}
          </h2>
          <p className="text-ink-soft">{t('desk.head', { number: view.number, shop: view.originName })}</p>
        </div>
        <p className="tag px-4 py-3 text-lg">
          <Icon name="undo-2" />
          {t(`desk.cause.${view.cause}`)}, {t(`desk.remedy.${view.remedy}`)}
        </p>
      </div>
      {view.reason !== undefined && <p className="banner">{t('desk.reason', { reason: view.reason })}</p>}
      <ul className="grid gap-3">
        {view.lines.map((line) => (
          <li key={line.lineId} className="panel grid grid-cols-[64px_1fr] items-center gap-x-4 gap-y-3 p-4 lg:grid-cols-[64px_1fr_auto]">
            <Arche className="arche-line" seed={line.productId} family={line.family} glyph={line.glyph} label={line.title} />
            <div className="min-w-0">
              <h3 className="text-lg">{line.title}</h3>
              <p className="text-ink-soft">{[line.keyAttribute, line.instead && `→ ${line.instead}`].filter(Boolean).join('. ')}</p>
            </div>
            <div className="col-span-2 flex flex-wrap gap-4 lg:col-span-1">
              <CountField
                name={`brought:${line.lineId}`}
                label={t('desk.broughtOf', { quantity: quantityText(locale, line.quantity, line.salesUnit) })}
                spoken={t('desk.broughtLabel', { title: line.title })}
                most={line.quantity}
              />
              {view.cause !== 'defect' && (
                <CountField
                  name={`good:${line.lineId}`}
                  label={t('desk.good')}
                  spoken={t('desk.goodLabel', { title: line.title })}
                  most={line.quantity}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
      <label className="grid gap-2">
        <span className="font-semibold">{t('desk.note')}</span>
        <input className="input min-h-[64px]" name="note" maxLength={300} autoComplete="off" placeholder={t('desk.noteHint')} />
      </label>
      <div className="work-foot rounded-panel border border-line">
        <a className="btn btn-secondary foot-side" href={`/merchant/${slug}/counter/returns`}>
          <Icon name="x" />
          {t('desk.notThem')}
        </a>
        <SubmitButton className="btn btn-secondary btn-counter flex-1" name="verdict" value="question">
          <Icon name="eye" />
          {t('desk.question')}
        </SubmitButton>
        <SubmitButton className="btn btn-primary btn-counter flex-1" name="verdict" value="accept">
          <Icon name="check" />
          {t('desk.accept')}
        </SubmitButton>
      </div>
      <p className="hint">
        {t('desk.questionHint')} {t('desk.rules')}
      </p>
    </form>
  );
}

type CountFieldProps = { readonly name: string; readonly label: string; readonly spoken: string; readonly most: number };

function CountField({ name, label, spoken, most }: CountFieldProps) {
  return (
    <label className="grid gap-1">
      <span className="text-md text-ink-soft" aria-hidden="true">
        {label}
      </span>
      <input
        className="input min-h-[64px] w-[9ch] text-center text-xl"
        name={name}
        aria-label={spoken}
        inputMode="numeric"
        required
        pattern="[0-9]{1,7}"
        maxLength={7}
        autoComplete="off"
        defaultValue={String(most)}
      />
    </label>
  );
}
