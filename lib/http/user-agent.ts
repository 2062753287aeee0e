/** Identifies us to servers; GitHub rejects requests without it. */
export const USER_AGENT = 'scalekit-lambda-tools';
