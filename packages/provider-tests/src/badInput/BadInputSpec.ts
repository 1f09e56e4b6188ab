import {
  RegistryCredentials,
  RegistryErrorCode,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { SimulatedVendor, VendorFaultInput } from '@slipway/sandbox';
import { ConnectionToOptions } from '../connectionTo';

/** What is asked of a registry. */
export type OperationName =
  | 'check'
  | 'listNamespaces'
  | 'listRepositories'
  | 'listTags'
  | 'resolve';

/** Operations that answer with pages. */
export type ListingOperation = Exclude<OperationName, 'check' | 'resolve'>;

/** The requests that an operation stands or falls with. */
export type RequestPattern = Pick<
  VendorFaultInput,
  'body' | 'header' | 'host' | 'method' | 'path'
>;

/** Rows of the table that a vendor may be excepted from. */
export type RowName =
  | 'wrong key'
  | 'missing right'
  | 'expired token'
  | 'unknown namespace'
  | 'repeated page'
  | 'later page fails'
  | 'Link to another host'
  | 'realm to another host'
  | 'blob redirect'
  | 'certificate'
  | 'status';

/** What the table of bad input needs to know of a vendor. */
export interface BadInputSpec {
  /** Vendor, as its messages begin or name it. */
  title: string;
  provider(): RegistryProvider;
  /** Made once for the table; a seeded one, with a listing of several pages. */
  vendor(): SimulatedVendor;
  address: string;
  /** With which everything below works. */
  credentials: RegistryCredentials;
  /** Well-formed, and refused by the vendor. */
  wrongCredentials: RegistryCredentials;
  /** Accepted, but without the right to list; or an exception says why there are none. */
  weakCredentials?: RegistryCredentials;
  /** Further settings of the connection. */
  connection?: Omit<ConnectionToOptions, 'credentials'>;
  /** A repository with a tag. */
  repository: string;
  tag: string;
  /** Whose repositories are listed; all when absent. */
  namespace?: string;
  /** One that the vendor does not know. */
  unknownNamespace: string;
  /**
   * By operation, its decisive requests: a fault there must fail it. An
   * operation that is left out is not tested, so leave out only what the
   * vendor does not have.
   */
  requests: Partial<Record<OperationName, RequestPattern>>;
  /** Listings of more than one page, with what to ask for. */
  paged: Partial<
    Record<ListingOperation, RequestPattern & { repository?: string }>
  >;
  /**
   * Lets what the vendor has given out expire; the same client must go on. Or
   * an exception says why nothing of it ends.
   */
  expire?(vendor: SimulatedVendor): void;
  /**
   * Answers in the vendor's own words, each with what must become of it. They
   * hit the requests of the operation.
   */
  nativeErrors?: {
    name: string;
    operation: OperationName;
    effect: VendorFaultInput['effect'];
    code: RegistryErrorCode;
    message?: RegExp;
  }[];
  /** Codes where the vendor's own meaning differs from the table's. */
  codes?: Partial<Record<RowName, readonly RegistryErrorCode[]>>;
  /** How a message names an operation, where the table's words do not fit. */
  words?: Partial<Record<OperationName, RegExp>>;
  /** Rows that make no sense for this vendor, with the reason. */
  except?: Partial<Record<RowName, string>>;
}
