/** Somebody with an account on the demo's server. */
export interface Person {
  /** The local part of the address. */
  readonly user: string;
  /** Goes into the vCard; groups take it as the nickname. */
  readonly nickname: string;
}

export const JULIET: Person = { user: 'juliet', nickname: 'Juliet' };
export const ROMEO: Person = { user: 'romeo', nickname: 'Romeo' };
export const NURSE: Person = { user: 'nurse', nickname: 'Nurse' };
export const MERCUTIO: Person = { user: 'mercutio', nickname: 'Mercutio' };

export const PEOPLE: readonly Person[] = [JULIET, ROMEO, NURSE, MERCUTIO];

/** Of all accounts: the server can be reached from this machine only. */
export const PASSWORD = 'montague';

/** The domain of the groups. */
export const GROUPS = 'groups.localhost';

/** The group that is there from the beginning. */
export const READY_GROUP = { localpart: 'verona', name: 'Verona' } as const;
