import { frameAround, onMap, type MapFrame, type MapPoint, type Position } from '@/lib/kernel';
import { GroundPicture } from './ground-picture';

export type PlanShop = Position & { readonly key: string; readonly name: string; readonly isOpen: boolean; readonly href?: string };

type ShopPlanProps = {
  readonly shops: readonly PlanShop[];
  /** The city's centre: what the ground is measured from. */
  readonly centre: Position;
  readonly place: Position | undefined;
  /** Said to readers instead of the picture. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
};

/** Ten minutes on foot, as the crow flies. */
const TEN_MINUTES_METRES = 615;
const PIN_PIXELS = 36;
const PIN = 'M0 0c-7-8-10-12-10-17a10 10 0 0 1 20 0c0 5-3 9-10 17z';

/** A pin stands above its point: the frame grows by its size, mostly upwards, so that the northernmost is not cut off. */
function withRoomForPins(frame: MapFrame, shownHeight: number): MapFrame {
  const growth = PIN_PIXELS / shownHeight;
  const [wider, higher] = [frame.width * growth, frame.height * growth];
  return { x: frame.x - wider / 2, y: frame.y - higher * 0.8, width: frame.width + wider, height: frame.height + higher };
}

/** Shops on the ground of the city, numbered as in the list beside it. The list is the accessible twin: this is one image for readers. */
export function ShopPlan({ shops, centre, place, label, width, height }: ShopPlanProps) {
  const pins = shops.map((shop) => ({ shop, point: onMap(shop, centre) }));
  const home = place && onMap(place, centre);
  const points: readonly MapPoint[] = [...pins.map(({ point }) => point), ...(home ? [home] : [])];
  const frame = withRoomForPins(frameAround(points, { ratio: width / height, air: 220, least: 1100 }), height);
  const scale = frame.width / width;
  return (
    <GroundPicture frame={frame} width={width} height={height} label={label} isLazy>
      {home && (
        <>
          <circle
            className="plan-reach"
            cx={home.x}
            cy={home.y}
            r={TEN_MINUTES_METRES}
            strokeDasharray={`${4 * scale} ${4 * scale}`}
            strokeWidth={scale}
          />
          <circle className="plan-home" cx={home.x} cy={home.y} r={6 * scale} strokeWidth={2 * scale} />
        </>
      )}
      {pins.toReversed().map(({ shop, point }) => {
        const number = shops.indexOf(shop) + 1;
        return (
          <g key={shop.key} transform={`translate(${point.x} ${point.y}) scale(${scale.toFixed(3)})`}>
            <path className={shop.isOpen ? 'plan-pin' : 'plan-pin is-closed'} d={PIN} />
            <text className="plan-number" y={-13} textAnchor="middle">
              {number}
            </text>
          </g>
        );
      })}
    </GroundPicture>
  );
}
