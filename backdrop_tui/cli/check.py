"""`backdrop check`: reads, matches and checks a file, and changes nothing."""

from pathlib import Path
from typing import Any

import click

from backdrop_tui.cli.options import data_folder, data_option, file_options, take_file_options
from backdrop_tui.cli.output import say
from backdrop_tui.intake.reading.source import load


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@file_options
@data_option
@click.pass_context
def check_command(ctx: click.Context, /, file: Path, **given: Any) -> int:  # noqa: ANN401 - options, gathered at once
    """Read, match and check FILE. Changes nothing.

    Ends with 0 where all is well, 1 where rows have errors, 2 where the file can't be used.
    """
    options = take_file_options(given)
    # All is loaded here, so that `--help` and wrong options need not wait for it: polars and the rules beside the file,
    # the rest while the file is read.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(load, file)
        from backdrop_tui.cli.reading import read  # noqa: PLC0415

        data = loading.result()
        sheet = beside.submit(read, data, file, options)
        del loading, data  # whoever reads the file lets go of its bytes
        from backdrop_tui.cli.intake import take_in, would_do  # noqa: PLC0415
        from backdrop_tui.cli.report import as_text, import_in_words, write_check  # noqa: PLC0415
        from backdrop_tui.school.school import School  # noqa: PLC0415

        with School(data_folder(ctx), read_only=True) as school:
            taken = take_in(sheet.result, options, school)
            anybody = options.format == "text" and school.stored(taken.kind).height
            would = import_in_words(would_do(taken, options, school)) if anybody else ""
    if options.format == "json":
        write_check(taken)
    else:
        say(as_text(taken, would))
    return 1 if taken.checked.counts.errors else 0
