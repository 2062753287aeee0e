/** A person of the example company. */
export interface Person {
  /** The application's user ID, which is the identifier in Scalekit. */
  identifier: string;
  name: string;
  handle: string;
  email: string;
}

export const ada: Person = {
  identifier: 'user_ada',
  name: 'Ada Okafor',
  handle: 'ada',
  email: 'ada@harborbikes.example',
};

export const grace: Person = {
  identifier: 'user_grace',
  name: 'Grace Lindqvist',
  handle: 'grace',
  email: 'grace@harborbikes.example',
};
