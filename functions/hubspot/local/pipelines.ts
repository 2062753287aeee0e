import type { Route } from './route.ts';

const MADE = '2026-01-05T08:00:00.000Z';

const STAGES = [
  { id: 'appointmentscheduled', label: 'Appointment scheduled', isClosed: false, probability: '0.2' },
  { id: 'qualifiedtobuy', label: 'Qualified to buy', isClosed: false, probability: '0.4' },
  { id: 'offersent', label: 'Offer sent', isClosed: false, probability: '0.8' },
  { id: 'closedwon', label: 'Won', isClosed: true, probability: '1.0' },
  { id: 'closedlost', label: 'Lost', isClosed: true, probability: '0.0' },
];

export function isClosedStage(stageId: string): boolean {
  return STAGES.some(({ id, isClosed }) => id === stageId && isClosed);
}

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
