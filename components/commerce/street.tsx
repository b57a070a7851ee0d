import { Awning } from './awning';
import { Arche } from './faience/faience';

/** Shop fronts of no shop in particular: an awning and a window each. */
const fronts = [
  { awning: 0, family: 'epicerie', glyph: 'bouteille' },
  { awning: 2, family: 'livres', glyph: 'livre' },
  { awning: 1, family: 'jardin', glyph: 'plante' },
  { awning: 8, family: 'fromage', glyph: 'fromage' },
  { awning: 5, family: 'mode', glyph: 'chapeau' },
  { awning: 3, family: 'cafe', glyph: 'moka' },
] as const;

/** A street as it will be: decoration where there are no shops to show yet. */
export function Street() {
  return (
    <div className="street" aria-hidden="true">
      {fronts.map(({ awning, family, glyph }) => (
        <span className="street-front" key={glyph}>
          <Awning awning={awning} />
          <Arche seed={`street-${glyph}`} family={family} glyph={glyph} label="" />
        </span>
      ))}
    </div>
  );
}
