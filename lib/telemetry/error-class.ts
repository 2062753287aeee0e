const CLASS_NAME = /^[A-Z]\w{0,63}$/;

/** The class of an error. Some libraries put what a server sent into `name`; what is no name of a class is not told. */
export function errorClass({ name }: Error): string {
  return typeof name === 'string' && CLASS_NAME.test(name) ? name : 'Error';
}
