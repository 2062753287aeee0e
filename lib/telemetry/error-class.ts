const CLASS_NAME = /^[A-Z]\w{0,63}$/;

/**
 * Returns the class name of an error. Some libraries put text from a server into `name`, so anything else becomes
 * `Error`.
 */
export function errorClass({ name }: Error): string {
  return typeof name === 'string' && CLASS_NAME.test(name) ? name : 'Error';
}
