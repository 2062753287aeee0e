/** What a user of the local stack can be given access to at a provider. */
interface LocalGrant {
  identifier: string;
  label: string;
  accessToken: string;
}

export interface LocalProvider {
  connector: 'gmail' | 'slack';
  url: string;
  grants: LocalGrant[];
  reset(): Promise<void>;
  close(): Promise<void>;
}
