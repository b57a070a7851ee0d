'use client';

import { useState } from 'react';
import { Checkbox, SelectField, TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import type { FieldBook, ProductFormWords, Unit } from './product-form';
import { fieldOf } from './product-form';

type VariantsProps = {
  readonly book: FieldBook;
  readonly rows: number;
  /** Names of the places goods are kept in. */
  readonly places: readonly string[];
  readonly words: ProductFormWords;
  readonly isShared: boolean;
};

const unitOf = (value: string): Unit => (value === 'gram' || value === 'millimetre' ? value : 'each');

/** How it is sold, and each size or colour with its code, price and count. */
export function ProductVariants({ book, rows, places, words, isShared }: VariantsProps) {
  const { valueOf } = book;
  const [unit, setUnit] = useState(unitOf(valueOf('unit')));
  const { choices } = words.unit;
  return (
    <section className="panel grid grid-cols-[minmax(0,1fr)] gap-5 p-5 md:p-6" aria-labelledby="sale-title">
      <h2 id="sale-title" className="text-lg">
        {words.sections.sale}
      </h2>
      <div className="product-fields is-thirds">
        {isShared ? (
          <input type="hidden" name="unit" value={unit} />
        ) : (
          <SelectField
            id="unit"
            name="unit"
            label={words.unit.name}
            defaultValue={unit}
            onChange={(event) => setUnit(unitOf(event.target.value))}
          >
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField id="vat" name="vat" label={words.vat.name} defaultValue={valueOf('vat')}>
          <option value="">{words.vat.usual}</option>
          {words.vat.choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField id="condition" name="condition" label={words.condition.name} defaultValue={valueOf('condition')}>
          {words.condition.choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <input type="hidden" name="option0" value={valueOf('option0')} />
      <input type="hidden" name="option1" value={valueOf('option1')} />
      <p className="max-w-[66ch] text-base text-ink-soft">{words.variant.text}</p>
      {[...Array(rows).keys()].map((row) => (
        <VariantRow key={row} row={row} rows={rows} unit={unit} {...{ book, places, words, isShared }} />
      ))}
      {!isShared && (
        <button type="submit" className="btn btn-secondary justify-self-start" name="intent" value="row">
          <Icon name="plus" />
          {words.variant.add}
        </button>
      )}
      <TextField {...fieldOf(book, 'shelf')} label={words.shelf.name} hint={words.shelf.hint} optional={words.optional} maxLength={60} />
    </section>
  );
}

type RowProps = Omit<VariantsProps, 'rows'> & { readonly row: number; readonly rows: number; readonly unit: Unit };

function VariantRow({ row, rows, unit, book, places, words, isShared }: RowProps) {
  const { valueOf } = book;
  const title = rows > 1 ? `${words.variant.many} ${row + 1}` : words.variant.one;
  const of = (name: string) => fieldOf(book, `v${row}.${name}`);
  const fixed = isShared ? { readOnly: true } : {};
  const offer = valueOf(`v${row}.offer`);
  return (
    <fieldset className="variant-row">
      <legend className="text-base font-semibold">{title}</legend>
      {offer !== '' && <input type="hidden" name={`v${row}.offer`} value={offer} />}
      <div className="variant-fields">
        {(['first', 'second'] as const).map((name, index) => (
          <TextField key={name} {...of(name)} label={valueOf(`option${index}`)} optional={words.optional} maxLength={60} {...fixed} />
        ))}
        <TextField {...of('price')} label={words.price[unit]} inputMode="decimal" maxLength={9} />
        {places.map((place, index) => (
          <Count
            key={place}
            name={`stock${index}`}
            place={places.length > 1 ? place : undefined}
            label={words.stock[unit]}
            row={row}
            book={book}
          />
        ))}
        {unit === 'each' && <TextField {...of('content')} label={words.content.name} hint={words.content.hint} maxLength={20} />}
        <TextField {...of('gtin')} label={words.gtin} optional={words.optional} inputMode="numeric" maxLength={20} {...fixed} />
        <TextField {...of('sku')} label={words.sku.name} hint={words.sku.hint} optional={words.optional} maxLength={80} />
      </div>
      {offer !== '' && (
        <Checkbox id={`v${row}.active`} name={`v${row}.active`} value="yes" defaultChecked={valueOf(`v${row}.active`) === 'yes'}>
          {words.active}
        </Checkbox>
      )}
    </fieldset>
  );
}

type CountProps = {
  readonly name: string;
  readonly label: string;
  readonly row: number;
  readonly book: FieldBook;
  readonly place: string | undefined;
};

/** A count at a place; what stood there travels along, so that only what was typed anew is a count. */
function Count({ name, label, row, book, place }: CountProps) {
  const own = `v${row}.${name}`;
  return (
    <>
      <TextField {...fieldOf(book, own)} label={place === undefined ? label : `${label}, ${place}`} inputMode="decimal" maxLength={8} />
      <input type="hidden" name={`${own}.was`} value={book.valueOf(`${own}.was`)} />
    </>
  );
}
