/** What helps against a fault of Scalekit's own. */
export const LATER_FIX = "Run this again later. If it stays, ask Scalekit's support.";
