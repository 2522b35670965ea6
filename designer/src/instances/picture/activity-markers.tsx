import type { ReactNode } from 'react';
import type { ActivityMarker } from '#bpmn';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const drawings: Readonly<Record<ActivityMarker | 'collapsed', ReactNode>> = {
  loop: <path {...line} d="M5.4 12.8a5.2 5.2 0 1 1 4.8.2M5.6 9.4v3.6H2" />,
  parallel: <path {...line} strokeWidth="2" d="M4 3v10M8 3v10M12 3v10" />,
  sequential: <path {...line} strokeWidth="2" d="M3 4h10M3 8h10M3 12h10" />,
  compensation: <path {...line} strokeWidth="1.3" d="M7.8 3.8v8.4L2.4 8zM13.2 3.8v8.4L7.8 8z" />,
  adHoc: <path {...line} strokeWidth="2" d="M2.5 9.5c1.5-4 4-4 5.5-1.5s4 2.5 5.5-1.5" />,
  collapsed: <path {...line} strokeWidth="1.3" d="M2.5 2.5h11v11h-11zM8 5v6M5 8h6" />,
};

/** The signs at the lower edge of an activity. BPMN 2.0.2 §10.3.8. */
export function ActivityMarkers({ markers, isCollapsed }: { readonly markers: readonly ActivityMarker[]; readonly isCollapsed: boolean }): ReactNode {
  const shown = isCollapsed ? (['collapsed', ...markers] as const) : markers;
  if (shown.length === 0) return null;
  return (
    <span className="el-markers" aria-hidden="true">
      {shown.map((marker) => (
        <svg key={marker} width="13" height="13" viewBox="0 0 16 16" data-marker={marker}>
          {drawings[marker]}
        </svg>
      ))}
    </span>
  );
}
