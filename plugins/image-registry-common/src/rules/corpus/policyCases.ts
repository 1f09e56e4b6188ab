import { candidateCases } from './candidateCases';
import { orderCases } from './orderCases';
import { PolicyCase } from './PolicyCase';

/** Cases in which other updaters were seen to fail, and some all should pass. */
export const policyCases: PolicyCase[] = [...orderCases, ...candidateCases];
