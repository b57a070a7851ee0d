import { Icon } from '@/components/ui/icon';
import { FieldGroup, TextField } from '@/components/ui/field';

export type VoucherLineWords = { readonly voucherId: string; readonly label: string; readonly pays: string; readonly remove: string };

export type VoucherWords = {
  readonly legend: string;
  readonly intro: string;
  readonly code: string;
  readonly codeHint: string;
  readonly add: string;
  readonly lines: readonly VoucherLineWords[];
};

type VoucherFieldsProps = { readonly words: VoucherWords; readonly error: string | undefined; readonly typed: string };

/** Codes to pay with: those brought, each with what it pays, and one more. Buttons of the same form, so that nothing typed is lost. */
export function VoucherFields({ words, error, typed }: VoucherFieldsProps) {
  const hasLines = words.lines.length > 0;
  return (
    <FieldGroup legend={words.legend}>
      {hasLines && (
        <ul className="mb-4 grid gap-2" data-testid="vouchers">
          {words.lines.map((line) => (
            <li key={line.voucherId} className="panel flex items-center gap-3 px-4 py-2">
              <Icon name="tag" />
              <span className="min-w-0 flex-1">
                {line.label} <b className="font-semibold whitespace-nowrap">{line.pays}</b>
              </span>
              <button type="submit" className="btn btn-quiet" name="intent" value={`voucher-out:${line.voucherId}`}>
                {line.remove}
                <span className="sr-only">, {line.label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <details open={hasLines || error !== undefined}>
        <summary className="min-h-11 content-center font-semibold">{words.intro}</summary>
        <div className="mt-2 flex flex-wrap items-end gap-3">
          <div className="min-w-0 flex-[1_1_260px]">
            <TextField
              id="voucherCode"
              name="voucherCode"
              label={words.code}
              hint={words.codeHint}
              error={error}
              defaultValue={error === undefined ? '' : typed}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              enterKeyHint="done"
              maxLength={60}
            />
          </div>
          <button type="submit" className="btn btn-secondary" name="intent" value="voucher">
            {words.add}
          </button>
        </div>
      </details>
    </FieldGroup>
  );
}
