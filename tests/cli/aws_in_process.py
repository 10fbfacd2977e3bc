"""AWS's own command line, unmodified, many commands in one process: starting it takes 0.7 s each.

Run as a program: a JSON list of arguments a line on standard input, a JSON object a line back.
"""

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache

from awscli import clidriver

# The AWS CLI brings a botocore of its own; one loader reads its data files once for all commands.
clidriver.botocore.session.create_loader = cache(clidriver.botocore.session.create_loader)


def run(arguments):
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = clidriver.create_clidriver().main(arguments)
        except SystemExit as ended:
            status = ended.code
    for stream in (out, err):
        stream.flush()
    return {
        "status": status,
        "out": out.buffer.getvalue().decode(),
        "err": err.buffer.getvalue().decode(),
    }


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        answers.write(f"{json.dumps(run(json.loads(line)))}\n")
        answers.flush()
