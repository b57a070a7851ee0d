'use client';

import { useState, useSyncExternalStore } from 'react';
import { Icon } from '@/components/ui/icon';

const nothingChanges = () => () => undefined;

/** Copies a text that stands beside it. Not shown without script: the text can be selected and copied by hand. */
export function CopyLive({ text, label, copied }: { text: string; label: string; copied: string }) {
  const [isCopied, setCopied] = useState(false);
  const hasScript = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );
  if (!hasScript) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <>
      <button type="button" className="btn btn-quiet -ms-2" onClick={copy}>
        <Icon name={isCopied ? 'check' : 'copy'} />
        {label}
      </button>
      <span role="status" className="sr-only">
        {isCopied ? copied : ''}
      </span>
    </>
  );
}
