// A function that does nothing. Its time is the cost of Node.js and the runtime client.
export async function handler() {
  return {};
}
