/** The people of the small company whose story the local providers tell. */
export interface Person {
  /** The application's own user ID, which Scalekit knows as the identifier. */
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
