/** The stages of the only deal pipeline. */
export const STAGES = [
  { id: 'appointmentscheduled', label: 'Appointment scheduled', isClosed: false, probability: '0.2' },
  { id: 'qualifiedtobuy', label: 'Qualified to buy', isClosed: false, probability: '0.4' },
  { id: 'offersent', label: 'Offer sent', isClosed: false, probability: '0.8' },
  { id: 'closedwon', label: 'Won', isClosed: true, probability: '1.0' },
  { id: 'closedlost', label: 'Lost', isClosed: true, probability: '0.0' },
];

export function isClosedStage(stageId: string): boolean {
  return STAGES.some(({ id, isClosed }) => id === stageId && isClosed);
}
