import { Arche } from '@/components/commerce/faience/faience';
import { Price } from '@/components/commerce/price';
import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { VisuallyHidden } from '@/components/ui/tag';
import { quantityText } from '@/app/_text/quantity-text';
import type { BasketProblemView, SubstituteView } from '@/lib/basket/views';
import { moneyOf, pathTo } from '@/lib/kernel';
import { promisePlace, texts } from '@/lib/texts';
import { replaceLineAction, setQuantityAction } from './actions';

type ProblemsProps = { readonly problems: readonly BasketProblemView[]; readonly showing: Showing };

/** What can no longer be had as wished: greyed, outside the total, with what could take its place. Never silently removed. */
export function BasketProblems({ problems, showing }: ProblemsProps) {
  if (problems.length === 0) return null;
  const t = texts(showing.locale, 'basket');
  return (
    <section className="gone panel mt-7" aria-labelledby="gone">
      <div className="px-[22px] pt-4 pb-3 max-md:px-4">
        <h2 id="gone" className="flex items-center gap-2.5 text-xl">
          <Icon name="triangle-alert" className="text-miel-ink" />
          {t('gone.title', { count: problems.length })}
        </h2>
        <p className="mt-1 text-md text-ink-soft">{t('gone.intro')}</p>
      </div>
      <ul>
        {problems.map((problem) => (
          <Problem key={problem.line.lineId} problem={problem} showing={showing} />
        ))}
      </ul>
    </section>
  );
}

function reasonText({ reason, available, line }: BasketProblemView, { locale }: Showing): string {
  const t = texts(locale, 'basket');
  switch (reason) {
    case 'less-left':
      return t('gone.less-left', { count: available });
    case 'shop-closed':
    case 'no-longer-sold':
      return t(`gone.${reason}`, { shop: line.shopName });
    case 'sold-out':
    case 'cannot-be-received':
      return t(`gone.${reason}`);
  }
}

function Problem({ problem, showing }: { problem: BasketProblemView; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'basket');
  const { line } = problem;
  return (
    <li className="line is-gone">
      <Arche className="arche-line" seed={line.listingId} family={line.family} glyph={line.glyph} label={line.title} />
      <div>
        <h3>
          <a href={pathTo(locale, 'listing', { slugId: line.slugId })}>{line.title}</a>
        </h3>
        <p className="line-note">{t('gone.from', { shop: line.shopName })}</p>
        <p className="line-note font-semibold text-miel-ink">{reasonText(problem, showing)}</p>
      </div>
      <form action={setQuantityAction} className="line-quantity">
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="lineId" value={line.lineId} />
        {problem.reason === 'less-left' && problem.available > 0 && (
          <SubmitButton className="btn btn-secondary" name="quantity" value={String(problem.available)}>
            {t('gone.keep', { count: quantityText(locale, problem.available, line.salesUnit) })}
          </SubmitButton>
        )}
        <SubmitButton className="text-button" name="quantity" value="0">
          {t('line.remove')}
          <VisuallyHidden>{t('line.removeHidden', { title: line.title })}</VisuallyHidden>
        </SubmitButton>
      </form>
      <span className="line-note text-right">{quantityText(locale, line.quantity, line.salesUnit)}</span>
      {problem.substitutes.length > 0 && (
        <ul className="gone-instead">
          {problem.substitutes.map((substitute) => (
            <Substitute key={substitute.offerId} problem={problem} substitute={substitute} showing={showing} />
          ))}
        </ul>
      )}
    </li>
  );
}

type SubstituteProps = { readonly problem: BasketProblemView; readonly substitute: SubstituteView; readonly showing: Showing };

function Substitute({ problem, substitute, showing }: SubstituteProps) {
  const { locale } = showing;
  const t = texts(locale, 'basket');
  const { walkingMinutes: minutes } = substitute;
  return (
    <li>
      <form action={replaceLineAction} className="gone-choice">
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="lineId" value={problem.line.lineId} />
        <input type="hidden" name="offerId" value={substitute.offerId} />
        <span className="min-w-0 flex-1">
          <b className="block font-semibold">
            {minutes === undefined
              ? t('gone.substitute', { shop: substitute.shopName })
              : t('gone.substituteWalk', { shop: substitute.shopName, minutes })}
          </b>
          <span className="block text-md text-ink-soft">
            {substitute.listingId !== problem.line.listingId && `${substitute.title}. `}
            {promisePlace(locale, substitute.promise, showing)}
          </span>
        </span>
        <Price money={moneyOf(substitute.priceMinor)} locale={locale} />
        <SubmitButton className="btn btn-secondary">
          {t('gone.replace')}
          <VisuallyHidden>
            {t('gone.replaceHidden', { title: substitute.title, shop: substitute.shopName, gone: problem.line.title })}
          </VisuallyHidden>
        </SubmitButton>
      </form>
    </li>
  );
}
