import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { chromiumArguments, findChromium } from './browser/chromium.mts';
import { type Looks, openView, openWindow } from './browser/openView.mts';
import { startFreshPortal } from './browser/startFreshPortal.mts';
import { type StoryView, storyViews } from './browser/storyViews.mts';
import { tellStory } from './browser/tellStory.mts';
import { type View, views } from './browser/views.mts';
import { toPalettePng } from './screenshots/palettePng.mts';
import { takeVendors } from './screenshots/takeVendors.mts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'docs', 'screenshots');

const everyPage: Looks[] = (['en', 'zh'] as const).flatMap(language =>
  (['light', 'dark'] as const).map(theme => ({ language, theme, width: 1280 })),
);
/** Stands for the pictures of every vendor among the names of views. */
const VENDORS = 'vendors';

/** Pages that people open on the way, with a telephone. */
const narrowPages = [
  'images',
  'create-from-image',
  'deploy',
  'deploy-failed',
  'auto-deploy',
  'approval',
];
const narrow: Looks = { language: 'en', theme: 'dark', width: 400 };

/** @throws Error that says what to install. */
function requireTools(): string {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error('chromium is not installed: apt-get install chromium');
  }
  const fonts = execFileSync('fc-list', [':lang=zh', 'family'], {
    encoding: 'utf8',
  });
  if (fonts.trim() === '') {
    throw new Error(
      'No font has Chinese characters: apt-get install fonts-wqy-zenhei',
    );
  }
  return executablePath;
}

function fileName(view: View, { language, theme, width }: Looks): string {
  const size = width === 1280 ? '' : `-${width}`;
  return `${view.name}.${language}-${theme}${size}.png`;
}

async function main() {
  const { positionals: names } = parseArgs({ allowPositionals: true });
  const executablePath = requireTools();
  const begin = Date.now();
  const portal = await startFreshPortal(root, 'screenshots');
  const browser = await chromium.launch({
    executablePath,
    args: chromiumArguments,
  });
  let bytes = 0;
  let count = 0;
  try {
    const all: (View | StoryView)[] = [
      ...views(await tellStory(portal)),
      ...storyViews(portal),
    ];
    const unknown = names.filter(
      name => name !== VENDORS && !all.some(each => each.name === name),
    );
    if (unknown.length > 0) {
      throw new Error(`No view is named ${unknown.join(', ')}`);
    }
    if (names.length === 0) {
      rmSync(folder, { recursive: true, force: true });
    }
    mkdirSync(folder, { recursive: true });
    const windows = new Map<string, Page>();
    /** One for each person, language and width: it has loaded the code. */
    const windowOf = async ({ person }: View, looks: Looks) => {
      const key = [person, looks.language, looks.width].join(' ');
      let page = windows.get(key);
      if (!page) {
        const context = await openWindow(browser, portal.url, looks, person);
        page = await context.newPage();
        windows.set(key, page);
      }
      await page.emulateMedia({ colorScheme: looks.theme });
      return page;
    };
    const take = async (view: View, looks: Looks) => {
      const page = await windowOf(view, looks);
      await openView(page, view);
      const picture = toPalettePng(
        await page.screenshot({ animations: 'disabled' }),
      );
      writeFileSync(join(folder, fileName(view, looks)), picture);
      bytes += picture.length;
      count += 1;
      process.stdout.write(`${fileName(view, looks)}\n`);
    };
    const wanted =
      names.length === 0
        ? all
        : names.flatMap(name => all.filter(view => view.name === name));
    for (const view of wanted) {
      if ('before' in view) {
        await view.before();
      }
      for (const looks of everyPage) {
        await take(view, looks);
      }
      if (narrowPages.includes(view.name)) {
        await take(view, narrow);
      }
    }
    if (names.length === 0 || names.includes(VENDORS)) {
      count += await takeVendors(browser, portal, folder);
    }
  } finally {
    await browser.close();
    await portal.stop();
  }
  const seconds = Math.round((Date.now() - begin) / 1000);
  process.stdout.write(
    `${count} pictures, ${(bytes / 2 ** 20).toFixed(1)} MiB, ${seconds} s\n`,
  );
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
