import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are drawn slowly where other suites run on the same few cores.
configure({ asyncUtilTimeout: 5_000 });
jest.setTimeout(30_000);
