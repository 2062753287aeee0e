// Measures the runtime client and Node.js by themselves.
export async function handler() {
  return {};
}
