// An empty function. It shows the cost of the runtime client and Node.js.
export async function handler() {
  return {};
}
