/** Who asks, for servers that want to know; GitHub refuses requests without. */
export const USER_AGENT = 'scalekit-lambda-tools';
