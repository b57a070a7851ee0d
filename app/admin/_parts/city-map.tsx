import { GroundPicture } from '@/components/commerce/ground-picture';
import { classNames } from '@/components/ui/class-names';
import type { CourierAreaView } from '@/lib/courier/views';
import type { ShopActivityView } from '@/lib/insights/views';
import { frameAround, onMap, type Position } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { OpsShowing } from './order-table';
import { deskText } from './shop-table';

type CityMapProps = {
  readonly shops: readonly ShopActivityView[];
  readonly areas: readonly CourierAreaView[];
  readonly centre: Position;
  readonly showing: OpsShowing;
};

const WIDTH = 690;
const HEIGHT = 430;

/** What is drawn later lies above: whoever is late is never hidden by a neighbour. */
const states = ['shut', 'open', 'absent', 'paused', 'busy', 'late'] as const;
type State = (typeof states)[number];

/** Half the size of a mark, in pixels of the picture at its full width. */
const sizes: Readonly<Record<State, number>> = { shut: 4, open: 5, absent: 6, paused: 6, busy: 11, late: 12 };

const openWork = ({ toAccept, toPrepare, ready }: ShopActivityView) => toAccept + toPrepare + ready;

function stateOf(shop: ShopActivityView): State {
  if (shop.late > 0) return 'late';
  if (openWork(shop) > 0) return 'busy';
  if (shop.level !== 'window' && !shop.takesOrders) return 'paused';
  if (shop.counterShutSince !== undefined) return 'absent';
  return shop.isOpen ? 'open' : 'shut';
}

/** The city's shops on its ground by what lies on their counters: late ones as squares, busy ones with their number. The tables beside and below are its twin. */
export function CityMap({ shops, areas, centre, showing }: CityMapProps) {
  const t = texts(showing.locale, 'admin');
  const marks = shops.map((shop) => ({ shop, state: stateOf(shop), point: onMap(shop.at, centre) }));
  const frame = frameAround(
    marks.map(({ point }) => point),
    { ratio: WIDTH / HEIGHT, air: 160, least: 1_100 },
  );
  const scale = frame.width / WIDTH;
  const present = states.toReversed().flatMap((state) => {
    const count = marks.filter((mark) => mark.state === state).length;
    return count === 0 ? [] : [{ state, words: t(`today.map.${state}`, { count }) }];
  });
  return (
    <section className="box" aria-labelledby="city-map">
      <h2 id="city-map">
        {t('today.map.title')} <small>{t('today.map.text')}</small>
      </h2>
      <GroundPicture
        frame={frame}
        width={WIDTH}
        height={HEIGHT}
        label={[t('today.map.label'), ...present.map(({ words }) => words), ...areas.map(({ name }) => name)].join(', ')}
      >
        {areas.map(({ slug, name, at, radiusMetres }) => {
          const { x, y } = onMap(at, centre);
          return (
            <circle key={slug} className="city-area" cx={x} cy={y} r={radiusMetres}>
              <title>{name}</title>
            </circle>
          );
        })}
        {marks
          .toSorted((a, b) => states.indexOf(a.state) - states.indexOf(b.state))
          .map(({ shop, state, point }) => (
            <g key={shop.shopId} transform={`translate(${point.x} ${point.y}) scale(${scale.toFixed(3)})`}>
              <title>{[shop.name, deskText(shop, showing)].filter(Boolean).join(', ')}</title>
              <g className="city-spot">
                <Mark state={state} />
                {(state === 'busy' || state === 'late') && (
                  <text className="city-mark-number" y={4} textAnchor="middle">
                    {state === 'late' ? shop.late : openWork(shop)}
                  </text>
                )}
              </g>
            </g>
          ))}
      </GroundPicture>
      <ul className="city-legend">
        {present.map(({ state, words }) => (
          <li key={state}>
            <svg viewBox="-13 -13 26 26" width={22} height={22} aria-hidden="true">
              <Mark state={state} />
            </svg>
            {words}
          </li>
        ))}
        {areas.map((area) => (
          <li key={area.slug}>
            <svg viewBox="-13 -13 26 26" width={22} height={22} aria-hidden="true">
              <circle className="city-area" r={10} />
            </svg>
            {t('today.map.area', { name: area.name, runs: area.runs, onBoard: area.onBoard, toFetch: area.toFetch })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mark({ state }: { readonly state: State }) {
  const size = sizes[state];
  const look = classNames('city-mark', `is-${state}`);
  if (state === 'late') return <rect className={look} x={-size} y={-size} width={2 * size} height={2 * size} rx={4} />;
  return <circle className={look} r={size} />;
}
