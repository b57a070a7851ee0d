'use client';

import { useEffect, useState } from 'react';
import { TextField } from '@/components/ui/field';

type AddressFieldProps = {
  readonly label: string;
  readonly hint: string;
  readonly didYouMean: string;
  readonly error: string | undefined;
  /** What the server thought was meant, after a form that was refused. */
  readonly suggestions: readonly string[];
  readonly startValue: string;
  /** Answers `?q=` with a list of addresses. */
  readonly url: string;
};

const PAUSE_MS = 180;

/**
 * Where to deliver. The browser's own list shows the addresses that begin like this one; without script it is a plain field that the
 * server matches, and a near miss comes back as a choice.
 */
export function AddressFieldLive({ label, hint, didYouMean, error, suggestions, startValue, url }: AddressFieldProps) {
  const [words, setWords] = useState(startValue);
  const [found, setFound] = useState<readonly string[]>([]);
  useEffect(() => {
    if (words.trim().length < 3) return;
    const abandon = new AbortController();
    const wait = setTimeout(() => {
      listAddresses(`${url}?q=${encodeURIComponent(words)}`, abandon.signal).then(setFound, () => undefined); // typing on works without a list
    }, PAUSE_MS);
    return () => {
      clearTimeout(wait);
      abandon.abort();
    };
  }, [words, url]);
  return (
    <div className="grid gap-3">
      <TextField
        id="address"
        name="address"
        label={label}
        hint={hint}
        error={error}
        defaultValue={startValue}
        autoComplete="street-address"
        enterKeyHint="next"
        list="address-list"
        onChange={(event) => setWords(event.currentTarget.value)}
        required
      />
      <datalist id="address-list">
        {found.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {suggestions.length > 0 && (
        <fieldset>
          <legend className="hint mb-1">{didYouMean}</legend>
          {suggestions.map((one) => (
            <label key={one} className="choice">
              <input className="radio" type="radio" name="addressChoice" value={one} />
              <span>{one}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

async function listAddresses(url: string, signal: AbortSignal): Promise<readonly string[]> {
  const answer = await fetch(url, { signal });
  const body: unknown = answer.ok ? await answer.json() : undefined;
  return Array.isArray(body) ? body.filter((one) => typeof one === 'string') : [];
}
