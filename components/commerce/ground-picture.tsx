import type { ReactNode } from 'react';
import type { MapFrame } from '@/lib/kernel';

type GroundPictureProps = {
  readonly frame: MapFrame;
  readonly width: number;
  readonly height: number;
  /** Said to readers instead of the picture. */
  readonly label: string;
  /** Not loaded before it comes near what is seen. */
  readonly isLazy?: boolean;
  /** What lies on the ground, in metres of the frame. */
  readonly children: ReactNode;
};

/** A piece of the city's drawn ground, with what is drawn on it: one image for readers. */
export function GroundPicture({ frame, width, height, label, isLazy = false, children }: GroundPictureProps) {
  const view = [frame.x, frame.y, frame.width, frame.height];
  return (
    <div className="plan-picture">
      <img
        src={`/map/ground.svg#svgView(viewBox(${view.join(',')}))`}
        alt=""
        width={width}
        height={height}
        decoding="async"
        {...(isLazy && { loading: 'lazy' })}
      />
      <svg viewBox={view.join(' ')} width={width} height={height} role="img" aria-label={label}>
        {children}
      </svg>
    </div>
  );
}
