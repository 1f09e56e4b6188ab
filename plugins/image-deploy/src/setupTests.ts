import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Typing into a whole page takes seconds on a busy machine of two cores.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });
