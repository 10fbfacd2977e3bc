"""Exit statuses: the AWS CLI's (version 2), so that scripts which know those know ours.

0    done
130  ctrl+c                                       (128 and SIGINT, as shells have it)
129  the terminal was closed                     (128 and SIGHUP)
143  somebody ended it                           (128 and SIGTERM)
141  nobody reads the output on                   (128 and SIGPIPE)
252  the command line, or a value in it, cannot be used: nothing was sent
253  configuration or credentials cannot be used: nothing was sent
254  AWS, or the model, answered with an error
255  everything else: no answer, a file that cannot be written
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.domain.errors import (
    ConnectionInvalid,
    CredentialsMissing,
    RequestInvalid,
)

if TYPE_CHECKING:
    from tui.domain.errors import ExplorerError

SIGNALLED = 128
"""Plus the number of the signal."""
INTERRUPTED = 130
READER_GONE = 141
BAD_USAGE = 252
BAD_CONFIGURATION = 253
REFUSED = 254
FAILED = 255


def status_of(error: ExplorerError) -> int:
    """Return the status with which a command ends that failed like this."""
    if error.service_message is not None:
        return REFUSED
    match error:
        case RequestInvalid():
            return BAD_USAGE
        case ConnectionInvalid() | CredentialsMissing():
            return BAD_CONFIGURATION
        case _:
            return FAILED
