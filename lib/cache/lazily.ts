/**
 * Returns a function that makes a value on its first call. Use it for values that many functions or calls do not
 * need.
 */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
