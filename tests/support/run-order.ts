import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The suites, in the order in which they run, two files at a time. */
const suites = ['harness', 'ahead', 'jsdom', 'node', 'walks', 'workerd', 'journeys']

/** The longest file of its suite each, to be begun last. */
const longest = ['tests/harness/kill.test.ts', 'tests/tenancy/fuzz.test.ts']

/**
 * Before a suite's first test there is a quarter of a minute in which one process reads the suite's modules and the tests wait.
 * So that they need not, a suite ends with its longest file: beside it the next one begins.
 */
export class RunOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification): number => suites.indexOf(file.project.name) * 2 + Number(longest.some((name) => file.moduleId.endsWith(name)))
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
