"""`backdrop check`: reads, matches and checks a file, and changes nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from backdrop_tui.cli.files.loading import load_all, path_of, protect
from backdrop_tui.cli.files.options import file_options, take_file_options
from backdrop_tui.cli.options import data_option, open_school
from backdrop_tui.cli.output import say
from backdrop_tui.cli.progress import READING, ProgressLines, checking


@click.command("check", epilog='Example: backdrop check pupils.csv --replace "Gender:Boy=M"')
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False)
)
@file_options
@data_option
@click.pass_context
def check_command(ctx: click.Context, /, files: tuple[Path, ...], **given: Any) -> int:  # noqa: ANN401 - the values of all options
    """Read, match and check FILE without changing anything. - is standard input.

    Several files with the same headings are checked as one. Exit status: 0 if no row has errors, 1 if some do or something
    about the whole file has to be decided first, 2 if a file can't be used.
    """
    options = take_file_options(given, files)
    protect(files, make_private=options.make_private)
    # Modules are loaded here, so that `--help` and wrong options don't wait for them: polars and the fields while the
    # file is loaded, everything else while it is read, or if it's needed at all.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ProgressLines() as progress, ThreadPoolExecutor(1) as beside:
        progress.stage(READING)
        loading = beside.submit(load_all, files)
        from backdrop_tui.intake.matching.sheet_reading import begin_reading  # noqa: PLC0415
        from backdrop_tui.records.kinds import KINDS  # noqa: PLC0415

        kind = KINDS[options.kind]
        # No module is loaded meanwhile, because both need Python's lock nearly all the time.
        read = begin_reading(kind, loading.result(), options.reading)
        reading = beside.submit(read)
        del loading, read  # so that the bytes are freed as soon as they have been read
        from backdrop_tui.cli.files.matching import matched  # noqa: PLC0415
        from backdrop_tui.imports.pipeline import basis_of, plan_for  # noqa: PLC0415
        from backdrop_tui.intake.draft.review import review  # noqa: PLC0415

        with open_school(ctx, read_only=True) as school:
            today = date.today()  # noqa: DTZ011 - the school's own day
            basis = basis_of(school, kind, today)
            sheet = reading.result()
            progress.stage(checking(sheet.cells.height))
            seen = review(matched(school, path_of(files), sheet, options, today), basis)
            if options.answers_anything:
                from backdrop_tui.cli.files.answering import answered  # noqa: PLC0415

                seen = answered(seen, options)
            plans = options.format == "text" and basis.stored.height
            plan = plan_for(school, seen, options.existing) if plans else None
    if options.format == "json":
        from backdrop_tui.cli.files.check_json import write_check  # noqa: PLC0415

        write_check(seen)
    else:
        from backdrop_tui.cli.files.check_text import check_text  # noqa: PLC0415

        say(check_text(seen, plan))
    return 1 if seen.counts.errors or seen.unanswered else 0
