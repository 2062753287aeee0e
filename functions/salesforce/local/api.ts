/** What stands before every path; the connection at Scalekit adds it. */
export const API = '/services/data/v68.0';
