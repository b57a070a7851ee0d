import { familyNamed } from './families';
import { glyphNamed } from './glyphs';

/** Where the tile of a product is served; the seed is its id, so the picture never changes and is kept for ever. */
export function faiencePath({ seed, family, glyph }: { seed: string; family: string; glyph: string }): string {
  const drawing = glyphNamed(glyph) === undefined ? '-' : glyph;
  return `/faience/v1/${encodeURIComponent(family)}/${encodeURIComponent(drawing)}/${encodeURIComponent(seed)}.svg`;
}

export type FaienceProps = {
  readonly seed: string;
  readonly family: string;
  readonly glyph: string;
  /** The product's title: its first letter stands in the medallion when the kind has no drawing. */
  readonly label: string;
  /** Key of a photograph that stands for it instead of the tile. */
  readonly picture?: string | undefined;
  /** Shown in the first screen: loaded with the page, not when scrolled to. */
  readonly isEarly?: boolean;
};

/** The drawn tile of a product, decoration beside its title. Fills its frame (`Arche`). */
export function Faience({ seed, family, glyph, label, picture, isEarly = false }: FaienceProps) {
  const loading = isEarly ? {} : { loading: 'lazy' as const };
  if (picture !== undefined)
    return <img className="photo" src={`/api/pictures/${picture}`} alt="" width={80} height={100} decoding="async" {...loading} />;
  const hasDrawing = glyphNamed(glyph) !== undefined;
  return (
    <>
      <img className="faience" src={faiencePath({ seed, family, glyph })} alt="" width={80} height={100} decoding="async" {...loading} />
      {!hasDrawing && (
        <span className="letter" aria-hidden="true" style={{ color: `oklch(${familyNamed(family)[4]})` }}>
          {label.trim().charAt(0).toLocaleUpperCase()}
        </span>
      )}
    </>
  );
}

/** Product media under an arch: a tile, or a photo on the same ground. */
export function Arche({ className, ...tile }: FaienceProps & { readonly className?: string }) {
  return (
    <span className={className === undefined ? 'arche' : `arche ${className}`}>
      <Faience {...tile} />
    </span>
  );
}
