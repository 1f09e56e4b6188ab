/** Set-up of all tests of pages and pieces of them. */
import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { lateModules } from './lateModules';
import { quickComputedStyle } from './quickComputedStyle';
import { withoutKnownWarnings } from './withoutKnownWarnings';

lateModules();
quickComputedStyle(window);
withoutKnownWarnings(console);
// Pages are drawn slowly where other work goes on, and are waited for.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(120_000);
