export { httpEvent } from '../../local/events/http-event.ts';
export { ErrorAnswer, readHttpAnswer } from '../../local/testing/http-answer.ts';
export { lambdaContext } from '../../local/testing/test-bed.ts';
