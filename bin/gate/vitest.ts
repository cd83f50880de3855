/** A vitest project as a stage: runs it and counts what its report says. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labAvailable } from '../../lab/asterisk/lab.ts';
import { findChromium } from '../../test/harness/chromium.ts';
import { script } from './command.ts';
import type { Counts, Stage } from './stages.ts';

const PROJECTS = ['unit', 'web', 'http', 'isolation', 'scenarios', 'asterisk', 'browser', 'browser on asterisk'] as const;
type Project = (typeof PROJECTS)[number];

export interface TestStage extends Stage {
  /** Why this machine cannot run it now; null when it can. */
  hindrance(): string | null;
}

/** @param filters parts of file names; none: every test */
export function testStages(filters: readonly string[]): TestStage[] {
  return PROJECTS.map((project) => ({ name: project, hindrance: () => hindranceOf(project), run: () => runProject(project, filters) }));
}

function hindranceOf(project: Project): string | null {
  switch (project) {
    case 'asterisk': {
      const lab = labAvailable();
      return lab.ok ? null : lab.why;
    }
    case 'browser':
      return findChromium() === null ? 'no Chromium was found; install one, or name it by CHROMIUM=/path/to/it' : null;
    case 'browser on asterisk':
      return hindranceOf('asterisk') ?? hindranceOf('browser');
    case 'unit':
    case 'web':
    case 'http':
    case 'isolation':
    case 'scenarios':
      return null;
  }
}

export async function runProject(project: Project, filters: readonly string[], env: Record<string, string> = {}): Promise<Counts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-report-'));
  try {
    const report = path.join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const some = filters.length > 0 ? ['--passWithNoTests'] : [];
    const { code } = await script('vitest/vitest.mjs', ['run', '--project', project, ...reporters, ...some, ...filters], { env });
    return countsOf(JSON.parse(await readFile(report, 'utf8')) as Report, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** A file that could not even be loaded, and whatever else made the run end badly, is a failure too. */
function countsOf(report: Report, code: number): Counts {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
