'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

type Suggestion = { readonly label: string; readonly href: string; readonly note?: string };

type SearchBoxProps = {
  readonly action: string;
  /** Answers `Suggestion[]` for what is typed after it. */
  readonly suggestAction: string;
  readonly label: string;
  /** What one may type; inside the empty field. */
  readonly hint: string;
  readonly button: string;
  readonly icon: ReactNode;
};

const SHORTEST = 2;
const WAIT_MS = 90;

function isSuggestion(value: unknown): value is Suggestion {
  return (
    typeof value === 'object' &&
    value !== null &&
    'label' in value &&
    'href' in value &&
    typeof value.href === 'string' &&
    value.href.startsWith('/')
  );
}

/** Asks the server while one types; an answer that comes too late is dropped. */
function useSuggestions(words: string, suggestAction: string): readonly Suggestion[] {
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    if (words.trim().length < SHORTEST) {
      setFound([]);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      fetch(`${suggestAction}${encodeURIComponent(words.trim())}`, { signal: stop.signal })
        .then((answer) => (answer.ok ? answer.json() : []))
        .then((list: unknown) => setFound(Array.isArray(list) ? list.filter(isSuggestion) : []))
        .catch(() => setFound([])); // suggestions are a help, searching works without
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [words, suggestAction]);
  return found;
}

/** The search field: a plain GET form that keeps its query, with suggestions once script runs (combobox pattern). */
export function SearchBox({ action, suggestAction, label, hint, button, icon }: SearchBoxProps) {
  const query = useSearchParams().get('q') ?? '';
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(typed ?? '', suggestAction);
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const isOpen = typed !== undefined && suggestions.length > 0;

  const close = () => {
    setTyped(undefined);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((now) => (now + step + suggestions.length + 1) % (suggestions.length + 1));
    } else if (event.key === 'Escape') {
      close();
    } else if (event.key === 'Enter') {
      const chosen = suggestions[active];
      if (chosen) {
        event.preventDefault();
        window.location.assign(chosen.href);
      }
    }
  };

  return (
    <form
      className="search-box"
      role="search"
      action={action}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <label className="sr-only" htmlFor="q">
        {label}
      </label>
      {icon}
      <input
        id="q"
        ref={field}
        type="search"
        name="q"
        placeholder={hint}
        key={query}
        defaultValue={query}
        autoComplete="off"
        enterKeyHint="search"
        maxLength={120}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={active >= 0 && active < suggestions.length ? `${listId}-${active}` : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button className="btn btn-primary" type="submit">
        {button}
      </button>
      <div className="suggestions" id={listId} role="listbox" aria-label={label} hidden={!isOpen}>
        {suggestions.map((suggestion, index) => (
          <div
            key={suggestion.href}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => window.location.assign(suggestion.href)}
          >
            {suggestion.label}
            {suggestion.note !== undefined && <small>{suggestion.note}</small>}
          </div>
        ))}
      </div>
    </form>
  );
}
