import type { Route } from './route.ts';
import { STAGES } from './seed/pipeline-stages.ts';

const MADE = '2026-01-05T08:00:00.000Z';

export const pipelineRoutes: Route[] = [
  {
    method: 'GET',
    path: '/crm/v3/pipelines/deals',
    scopes: () => ['crm.objects.deals.read'],
    answer: () => ({
      results: [
        {
          id: 'default',
          label: 'Sales',
          displayOrder: 0,
          createdAt: MADE,
          updatedAt: MADE,
          archived: false,
          stages: STAGES.map(({ id, label, isClosed, probability }, displayOrder) => ({
            id,
            label,
            displayOrder,
            metadata: { isClosed: String(isClosed), probability },
            createdAt: MADE,
            updatedAt: MADE,
            archived: false,
          })),
        },
      ],
    }),
  },
];
