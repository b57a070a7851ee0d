'use client';

import { useId, useRef, useState, type DragEvent } from 'react';

type DropFileProps = {
  readonly action: string;
  readonly words: {
    readonly drop: string;
    readonly choose: string;
    readonly file: string;
    readonly send: string;
    readonly sending: string;
    readonly formats: string;
  };
};

/** A place to drop a file, or to choose one; a plain form underneath, so that it works before and without scripts. */
export function DropFile({ action, words }: DropFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [isOver, setOver] = useState(false);
  const [isSending, setSending] = useState(false);
  const id = useId();
  const over = (event: DragEvent, value: boolean): void => {
    event.preventDefault();
    setOver(value);
  };
  const drop = (event: DragEvent): void => {
    over(event, false);
    if (input.current === null || event.dataTransfer.files.length === 0) return;
    input.current.files = event.dataTransfer.files;
    setName(event.dataTransfer.files[0]?.name ?? '');
  };
  return (
    <form
      action={action}
      method="post"
      encType="multipart/form-data"
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
      onSubmit={() => setSending(true)}
    >
      <label
        htmlFor={id}
        className="drop-file"
        data-over={isOver || undefined}
        onDragOver={(event) => over(event, true)}
        onDragLeave={(event) => over(event, false)}
        onDrop={drop}
      >
        <svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2">
          <path d="M24 31V9m0 0-8 8m8-8 8 8M8 30v7a3 3 0 0 0 3 3h26a3 3 0 0 0 3-3v-7" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
        <strong className="text-xl">{name === '' ? words.drop : name}</strong>
        <span>{name === '' ? words.choose : ''}</span>
        <span className="text-base text-ink-soft">{words.formats}</span>
        <input
          ref={input}
          id={id}
          name="file"
          type="file"
          required
          aria-label={words.file}
          accept=".csv,.tsv,.txt,.xlsx,.json,.ndjson,.jsonl,.xml,text/csv,application/json,text/xml"
          onChange={(event) => setName(event.target.files?.[0]?.name ?? '')}
        />
      </label>
      <button type="submit" className="btn btn-primary min-h-[64px] justify-self-start" aria-busy={isSending || undefined}>
        {isSending ? words.sending : words.send}
      </button>
    </form>
  );
}
