export const SDK = '@scalekit-sdk/node';
