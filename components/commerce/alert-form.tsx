import { Button } from '@/components/ui/button';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';

type AlertFormProps = {
  readonly locale: Locale;
  readonly action: (form: FormData) => Promise<void>;
  /** What to wait for: a product, or the words of a search. */
  readonly listingId?: string | undefined;
  readonly words?: string | undefined;
  /** Waits for the city to open: the first thing on its page, with what is done with the address. */
  readonly isForOpening?: boolean;
};

/** One field: the address to be told at, once. */
export function AlertForm({ locale, action, listingId, words, isForOpening = false }: AlertFormProps) {
  const t = texts(locale, 'search');
  return (
    <form action={action} className="mt-4 flex flex-wrap items-end gap-3" data-testid="alert-form">
      {listingId !== undefined && <input type="hidden" name="listing" value={listingId} />}
      {words !== undefined && <input type="hidden" name="words" value={words} />}
      {isForOpening && <input type="hidden" name="opening" value="1" />}
      <input type="hidden" name="locale" value={locale} />
      <label className="grid min-w-0 flex-[1_1_240px] gap-1">
        <span>{t(isForOpening ? 'alert.opening.email' : 'alert.email')}</span>
        <input className="input min-w-0" type="email" name="email" required maxLength={200} autoComplete="email" inputMode="email" />
      </label>
      <Button kind={isForOpening ? 'primary' : 'secondary'} className={isForOpening ? 'min-h-12' : undefined}>
        {t('alert.ask')}
      </Button>
      {isForOpening && <p className="hint basis-full">{t('alert.opening.text')}</p>}
    </form>
  );
}
