import { defineConfig } from '@playwright/test';
import {
  chromiumArguments,
  findChromium,
} from './scripts/browser/chromium.mts';

/**
 * Browser tests. They share one portal, which the set-up builds and starts on
 * free ports with an empty data folder. Files run at the same time, so each
 * changes things that no other file looks at.
 */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  globalSetup: './packages/app/e2e-tests/startPortal.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  // Other steps of `./run test` keep the machine busy.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: {
      executablePath: findChromium(),
      args: chromiumArguments,
    },
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    // A recording takes a fifth of a test's time: only of what failed once.
    trace: 'on-first-retry',
  },
});
