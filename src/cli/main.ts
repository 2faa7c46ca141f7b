import { Command, CommanderError, Option } from 'commander';
import { InquestError } from '../errors.js';
import { version } from '../version.js';
import type { LanguageId } from '../types/notebook.js';
import { causes } from './causes.js';
import { nearest } from './nearest.js';
import { collect } from './collect.js';
import { demo } from './demo.js';
import { detect, type DetectFlags } from './detect.js';
import { inspect, type InspectFlags } from './inspect.js';
import { EXIT, notice, print, type Io } from './io.js';
import { redact } from './redact.js';
import { report, type ReportFlags } from './report.js';
import { eject, run } from './run.js';
import { verify, type VerifyFlags } from './verify.js';

/**
 * Runs the command line.
 * @param argv words after the name of the program
 * @returns exit code: 0 done, 1 wrong use, 2 nothing usable in the input, 3 a defect of inquest
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const debug = argv.includes('--debug');
  try {
    await program(io).parseAsync(
      argv.filter((word) => word !== '--debug'),
      { from: 'user' },
    );
    return EXIT.ok;
  } catch (error) {
    return explain(error, io, debug);
  }
}

function explain(error: unknown, io: Io, debug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (debug && error instanceof Error) notice(io, error.stack ?? error.message);
  if (error instanceof InquestError) {
    if (!debug) notice(io, `inquest: ${error.message}`);
    return error.code === 'NOTHING_USABLE' ? EXIT.unusable : EXIT.usage;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (!debug)
    notice(io, `inquest: defect: ${message.split('\n')[0] ?? ''}; please report it with the output of --debug`);
  return EXIT.defect;
}

const collectAll = (value: string, previous: readonly string[] | undefined): string[] => [...(previous ?? []), value];

function withInquiry(command: Command): Command {
  return command
    .option(
      '--from <time>',
      'incident window instead of the one found: start, as 2026-07-14T08:05:00Z, with an offset, or epoch seconds; without a zone UTC',
    )
    .option('--to <time>', 'incident window: end')
    .option(
      '--tz <[glob=]zone>',
      'zone of local times, for files that match; "raw" undoes inference (repeatable)',
      collectAll,
    )
    .option('--symptom <signal>', 'the signal whose movement is the complaint, as inspect names it')
    .option('--only <name=value>', 'look only at series with this label (repeatable)', collectAll)
    .option(
      '--assume <fact=value>',
      'a fact you know and the dump does not tell, as "inquest causes ID" names it (repeatable)',
      collectAll,
    )
    .option(
      '--without <glob>',
      'leave out files that match, to see what the verdict rests on (repeatable)',
      collectAll,
    );
}

function language(): Option {
  return new Option('--lang <lang>', 'language').choices(['en', 'zh']).default('en');
}

function program(io: Io): Command {
  const root = new Command('inquest')
    .description("A defensible postmortem from other people's monitoring exports: offline, deterministic, no network.")
    .version(version, '-V, --version')
    .option('--debug', 'show the stack of an error')
    .showHelpAfterError('(inquest --help shows the use)')
    .configureHelp({ showGlobalOptions: false });
  const word = (name: string, description: string): Command => root.command(name).description(description);
  reportCommands(word, io);
  lookCommands(word, io);
  dataCommands(word, io);
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  }
  root.allowExcessArguments().action(async () => {
    const [unknown] = root.args;
    if (unknown !== undefined) throw noCommand(unknown, root.commands.map((command) => command.name())); // prettier-ignore
    await print(io, root.helpInformation());
  });
  return root;
}

function noCommand(word: string, known: readonly string[]): InquestError {
  const shown = word.slice(0, 80);
  const near = nearest(word, known);
  return new InquestError(
    'BAD_OPTION',
    `no command "${shown}"`,
    near === undefined
      ? `a report of it is "inquest report ${shown}"; inquest --help lists all`
      : `nearest is "${near}"`,
  );
}

type Word = (name: string, description: string) => Command;

function reportCommands(word: Word, io: Io): void {
  withInquiry(
    word(
      'report <path...>',
      'write a report of a dump: files, folders, archives (.gz .tar .tgz .zip .zst), in any mixture; - is standard input',
    ),
  )
    .option(
      '-o, --output <file>',
      'where to write; - is standard output (default: inquest-report.<format> in this folder)',
    )
    .addOption(
      new Option('--format <format>', 'default: by the name of the output, else html').choices(['html', 'md', 'json']),
    )
    .addOption(language())
    .option('--redact', 'pseudonyms for nodes, pods, namespaces, addresses and host names')
    .option('--static', 'an HTML page without any script')
    .action((paths: string[], flags: ReportFlags) => report(io, paths, flags));
  withInquiry(word('run <notebook> <path...>', 'run your own notebook over a dump; its JavaScript cells are executed'))
    .option('-o, --output <file>', 'where to write; - is standard output', '-')
    .addOption(new Option('--format <format>', 'default: by the name of the output, else html').choices(['html', 'md']))
    .addOption(language())
    .option('--static', 'an HTML page without any script')
    .action((notebook: string, paths: string[], flags: ReportFlags) => run(io, notebook, paths, flags));
  word('demo', 'the bundled incident, from dump to opened report')
    .option('-o, --output <file>', 'where to write', 'inquest-demo.html')
    .option('--no-open', 'do not open the report')
    .addOption(language())
    .action((flags: { lang: LanguageId; output: string; open: boolean }) => demo(io, flags));
}

function lookCommands(word: Word, io: Io): void {
  withInquiry(word('inspect <path...>', 'what each file was taken for, and what was not recognised and why'))
    .option('--json', 'for programs')
    .option('--all', 'list every file and problem')
    .action((paths: string[], flags: InspectFlags) => inspect(io, paths, flags));
  withInquiry(word('detect <path...>', 'findings only'))
    .option('--json', 'for programs')
    .action((paths: string[], flags: DetectFlags) => detect(io, paths, flags));
  withInquiry(word('verify <before> <after>', 'grade a dump taken after a remedy against one taken before it'))
    .option('--json', 'for programs')
    .action((before: string, after: string, flags: VerifyFlags) => verify(io, before, after, flags));
  word('causes [id]', 'the knowledge base; one cause explained')
    .addOption(language())
    .action((id: string | undefined, flags: { lang: LanguageId }) => causes(io, id, flags));
}

function dataCommands(word: Word, io: Io): void {
  word('eject [name]', 'print a built-in notebook, to edit').action((name: string | undefined) => eject(io, name));
  word('collect', 'print a POSIX sh script that collects what inquest reads best (read-only, bounded, light)').action(
    () => collect(io),
  );
  word(
    'redact <path...>',
    'a pseudonymised copy of a dump, relations kept; the map lies beside it, readable by you alone',
  )
    .requiredOption('-o, --output <dir>', 'folder to write to; must not exist or be empty')
    .action((paths: string[], flags: { output: string }) => redact(io, paths, flags));
}
