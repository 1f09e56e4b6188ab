export type {
  BadInputSpec,
  ListingOperation,
  OperationName,
  RequestPattern,
  RowName,
} from './BadInputSpec';
export { describeBadInput } from './describeBadInput';
export { failureOf } from './failure';
