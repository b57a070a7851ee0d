import { iconPaths, type IconName } from './icon-paths';

export type { IconName } from './icon-paths';

/** A line icon beside the text that says the same; alone it is decoration. Server side: hand it to client leaves as a child. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      className={className === undefined ? 'ic' : `ic ${className}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: iconPaths[name] }}
    />
  );
}
