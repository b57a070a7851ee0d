import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { TextField } from '@/components/ui/field';
import { Tag } from '@/components/ui/tag';
import type { Locale } from '@/lib/kernel';
import { isInNetwork, listSafetyRules } from '@/lib/shelves';
import type { SafetyRuleView } from '@/lib/shelves/views';
import { texts } from '@/lib/texts';
import { StockTabs } from '../../../_parts/stock-tabs';
import { safetyRuleAction } from '../shelves-actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('shelves.safety.title') };
}

/** What the shop keeps out of online sale, by department. */
export default async function SafetyPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const [rules, networked] = await Promise.all([listSafetyRules(scope), isInNetwork(scope)]);
  const t = texts(locale, 'merchant');
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('shelves.safety.title')}</h1>
      <StockTabs locale={locale} slug={shop.slug} role={scope.role} current="safety" isInNetwork={networked} />
      <p className="text-base text-ink-soft">{t('shelves.safety.text')}</p>
      <ul className="grid gap-3">
        {rules.map((rule) => (
          <Rule key={rule.categoryId ?? 'rest'} rule={rule} locale={locale} slug={shop.slug} />
        ))}
      </ul>
    </main>
  );
}

function Rule({ rule, locale, slug }: { rule: SafetyRuleView; locale: Locale; slug: string }) {
  const t = texts(locale, 'merchant');
  const name = rule.name?.[locale] ?? t('shelves.safety.rest');
  const id = rule.categoryId ?? 'rest';
  return (
    <li className="panel p-4">
      <form action={safetyRuleAction} className="grid items-end gap-4 md:grid-cols-[2fr_1fr_1fr_auto]">
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="categoryId" value={rule.categoryId ?? ''} />
        <input type="hidden" name="name" value={name} />
        <div>
          <h2 className="text-lg">{name}</h2>
          <p className="flex flex-wrap items-center gap-2 text-base text-ink-soft">
            {t('shelves.safety.offers', { count: rule.offers })}
            {rule.isOwn && rule.categoryId !== undefined && <Tag colour="blue">{t('shelves.safety.own')}</Tag>}
          </p>
        </div>
        <TextField
          id={`sale-${id}`}
          name="safetyStock"
          label={t('shelves.safety.sale')}
          type="number"
          inputMode="numeric"
          min={0}
          defaultValue={rule.safetyStock}
          required
        />
        <TextField
          id={`routing-${id}`}
          name="routingSafetyStock"
          label={t('shelves.safety.routing')}
          type="number"
          inputMode="numeric"
          min={0}
          defaultValue={rule.routingSafetyStock}
          required
        />
        <SubmitButton className="btn btn-secondary min-h-[56px]" label={t('shelves.safety.saveLabel', { name })}>
          {t('shelves.safety.save')}
        </SubmitButton>
      </form>
    </li>
  );
}
