"""Reading a file: from its bytes to a table of text, with nobody lost on the way.

A file goes through four stages, one after another; `read` calls them:

    bytes ──▶ text ──▶ shape ──▶ records ──▶ frame ──▶ Sheet

    text      the encoding is settled (`encoding`); other formats are refused (`other_formats`); rows that are each inside
              one quoted cell are taken out of it (`wrapped`); cells in `'…'` are quoted as all others are (`apostrophes`)
    shape     from the first lines (`head`): the delimiter (`delimiters`), the headings (`header`), the width
    records   every line is cut once: sound ones by `fast`, the rest by `careful`, as many as another reader finds (`lines`);
              in a file full of lines too short for rows, blank ones aren't cut (`short_lines`);
              `careful.swallowed` tells a cell of several lines from rows between two stray quotes
    frame     rows get their numbers; blank rows and repeated headings are dropped; `faults` are listed

No stage hands anything back. Each module imports only those before it in this list, which an import contract enforces:
encoding, delimiters and source; other_formats, text, quoting, headings, header, sheet, lines, careful, head, shape,
wrapped and apostrophes, fast and short_lines, records, faults, frame, read.
"""
