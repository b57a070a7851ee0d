'use client';

import { useCallback, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { CameraWords } from './scan-camera';
import { ScanCamera } from './scan-camera';
import { queueReading, sendWaiting, waitingReadings, type SentReading } from './scan-queue';

export type ScanWords = CameraWords & {
  readonly code: string;
  readonly price: string;
  readonly priceHint: string;
  readonly quantity: string;
  readonly name: string;
  readonly nameHint: string;
  readonly save: string;
  readonly known: Readonly<Record<string, string>>;
  readonly allSent: string;
  readonly waiting: string;
  readonly offline: string;
  readonly taken: string;
  readonly none: string;
  readonly did: Readonly<Record<string, string>>;
  readonly hidden: string;
  readonly complete: string;
  readonly count: string;
  readonly refused: Readonly<Record<'gtin-wrong' | 'nothing-said' | 'price-wrong', string>>;
};

type ScanDeskProps = {
  readonly shop: string;
  readonly words: ScanWords;
  readonly icon: ReactNode;
  /** For a browser without script: the same fields, posted one by one. */
  readonly action: (form: FormData) => Promise<void>;
  readonly postKey: string;
};

const AGAIN_MS = 30_000;
const MOST_SHOWN = 30;
const cents = (text: string): number | undefined =>
  /^\d{1,6}(?:[.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) : undefined;

/** A phone at the shelf: read, say, on to the next. Every reading is kept here first and sent in order as soon as there is a network. */
export function ScanDesk({ shop, words, icon, action, postKey }: ScanDeskProps) {
  const form = useRef<HTMLFormElement>(null);
  const [isReady, setReady] = useState(false);
  const [known, setKnown] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const { waiting, isOnline, sent, flush } = useQueue(shop);
  useEffect(() => setReady(true), []);

  const field = (name: string): HTMLInputElement | undefined => {
    const element = form.current?.elements.namedItem(name);
    return element instanceof HTMLInputElement ? element : undefined;
  };
  const lookUp = async (code: string) => {
    setTrouble(undefined);
    const found = await knownOf(shop, code);
    if (field('gtin')?.value.trim() !== code) return; // the next one was read meanwhile
    setKnown(found && (words.known[found.known] ?? '').replace('{title}', found.title));
    const price = field('price');
    if (price && price.value === '' && found?.priceMinor !== undefined) price.placeholder = (found.priceMinor / 100).toFixed(2);
  };
  const onCode = (code: string) => {
    const gtin = field('gtin');
    if (!gtin) return;
    gtin.value = code;
    field('price')?.focus();
    void lookUp(code);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [gtin = '', title = '', price = '', quantity = ''] = ['gtin', 'title', 'price', 'quantity'].map((name) =>
      field(name)?.value.trim(),
    );
    const priceMinor = cents(price);
    const wrong =
      gtin === '' && title === '' ? ['gtin', words.refused['gtin-wrong']] : price !== '' && !priceMinor ? ['price', words.refused['price-wrong']] : price === '' && quantity === '' ? ['quantity', words.refused['nothing-said']] : undefined; // prettier-ignore
    if (wrong) {
      setTrouble(wrong[1]);
      field(wrong[0] ?? '')?.focus();
      return;
    }
    queueReading(shop, { key: crypto.randomUUID(), gtin, title, ...(priceMinor && { priceMinor }), ...(/^\d{1,6}$/.test(quantity) && { quantity: Number(quantity) }) }); // prettier-ignore
    form.current?.reset();
    const prices = field('price');
    if (prices) prices.placeholder = '';
    setKnown(undefined);
    setTrouble(undefined);
    field('gtin')?.focus();
    flush();
  };
  /** Enter leads on to the next empty field: a hand scanner ends its code with it, a phone's keyboard calls it "next". */
  const onEnter = (name: string, next: string) => ({
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      if (name === 'gtin') void lookUp(field('gtin')?.value.trim() ?? '');
      field(next)?.focus();
    },
    enterKeyHint: 'next' as const,
  });

  return (
    <div className="scan" data-ready={isReady || undefined}>
      <ScanCamera onCode={onCode} words={words} icon={icon} />
      <form ref={form} action={action} onSubmit={submit} className="panel scan-form" noValidate>
        <input type="hidden" name="shop" value={shop} />
        <input type="hidden" name="key" value={postKey} />
        <Field
          name="gtin"
          label={words.code}
          inputMode="numeric"
          {...onEnter('gtin', 'price')}
          onBlur={(event) => event.currentTarget.value.length >= 8 && void lookUp(event.currentTarget.value.trim())}
        />
        <p className="scan-known" role="status">
          {known}
        </p>
        <Field name="price" label={words.price} hint={words.priceHint} inputMode="decimal" {...onEnter('price', 'quantity')} />
        <Field name="quantity" label={words.quantity} inputMode="numeric" enterKeyHint="done" />
        <Field name="title" label={words.name} hint={words.nameHint} wide />
        {trouble !== undefined && (
          <p className="field-error scan-wide" role="alert">
            {trouble}
          </p>
        )}
        <button type="submit" className="btn btn-primary scan-wide min-h-[64px]">
          {words.save}
        </button>
      </form>
      <Sent waiting={waiting} isOnline={isOnline} sent={sent} shop={shop} words={words} />
    </div>
  );
}

type FieldProps = React.InputHTMLAttributes<HTMLInputElement> & {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly wide?: boolean;
};

function Field({ name, label, hint, wide, ...rest }: FieldProps) {
  return (
    <div className={wide ? 'field scan-wide' : name === 'gtin' ? 'field scan-wide' : 'field'}>
      <label htmlFor={name}>{label}</label>
      <input className="input num" id={name} name={name} autoComplete="off" aria-describedby={hint && `${name}-hint`} {...rest} />
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

type Known = { readonly known: string; readonly title: string; readonly priceMinor?: number };

/** What the house knows of a code; nothing while there is no network: the queue asks later. */
async function knownOf(shop: string, code: string): Promise<Known | undefined> {
  try {
    const response = await fetch(`/api/shelf?shop=${encodeURIComponent(shop)}&code=${encodeURIComponent(code)}`, {
      signal: AbortSignal.timeout(4_000),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** The readings of this device: sent when they are made, when the network is back, when the page is looked at again, and every half minute. */
function useQueue(shop: string) {
  const [waiting, setWaiting] = useState(0);
  const [isOnline, setOnline] = useState(true);
  const [sent, setSent] = useState<readonly SentReading[]>([]);
  const flush = useCallback(() => {
    const count = () => setWaiting(waitingReadings(shop).length);
    count();
    setOnline(navigator.onLine);
    const note = (one: SentReading) => {
      setSent((before) => [one, ...before].slice(0, 500));
      count();
    };
    void sendWaiting(shop, note).then(count);
  }, [shop]);
  useEffect(() => {
    flush();
    const beat = setInterval(flush, AGAIN_MS);
    for (const name of ['online', 'offline', 'focus']) addEventListener(name, flush);
    return () => {
      clearInterval(beat);
      for (const name of ['online', 'offline', 'focus']) removeEventListener(name, flush);
    };
  }, [flush]);
  return { waiting, isOnline, sent, flush };
}

type SentProps = {
  readonly waiting: number;
  readonly isOnline: boolean;
  readonly sent: readonly SentReading[];
  readonly shop: string;
  readonly words: ScanWords;
};

function Sent({ waiting, isOnline, sent, shop, words }: SentProps) {
  const taken = sent.filter((one) => one.state === 'taken').length;
  return (
    <section className="scan-sent" aria-labelledby="sent">
      <h2 id="sent" className="text-xl">
        {words.taken}
      </h2>
      <p
        role="status"
        data-testid="queue"
        data-waiting={waiting}
        data-taken={taken}
        className={waiting > 0 ? 'tag tag-honey' : 'tag tag-green'}
      >
        {waiting > 0 ? `${waiting} ${words.waiting}` : words.allSent}
        {taken > 0 && ` – ${taken} ${words.count}`}
      </p>
      {!isOnline && <p className="banner banner-honey">{words.offline}</p>}
      {sent.length === 0 && waiting === 0 && <p className="text-base text-ink-soft">{words.none}</p>}
      <ul className="grid gap-2">
        {sent.slice(0, MOST_SHOWN).map((one) =>
          one.state === 'taken' ? (
            <li key={one.key} className="import-draft">
              <span>
                <strong className="block">{one.title}</strong>
                {!one.isPublic && one.missing.length > 0 && (
                  <span className="text-base text-miel-ink">
                    {words.hidden} {one.missing.join(', ').toLowerCase()}.{' '}
                    <a href={`/merchant/${shop}/products/missing`}>{words.complete}</a>
                  </span>
                )}
              </span>
              <span className={one.isPublic ? 'tag tag-green' : 'tag tag-honey'}>{words.did[one.did]}</span>
            </li>
          ) : (
            <li key={one.reading.key} className="import-draft">
              <span>
                <strong className="num block">{one.reading.gtin || one.reading.title}</strong>
                <span className="text-base text-tomate">{one.sentence}</span>
              </span>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
