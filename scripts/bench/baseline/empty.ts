// What the runtime client and Node.js take by themselves.
export async function handler() {
  return {};
}
