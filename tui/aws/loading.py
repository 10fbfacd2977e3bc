"""botocore's data files, found without looking into the folders of all services.

Before botocore loads a file of one service it lists those of all four hundred, to be able to name
them if there is none like it. That is 15 ms and 2,900 system calls for each of the two files that
a client needs; asking for one service by its name takes three folders.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING

from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

if TYPE_CHECKING:
    from collections.abc import Iterator


def create_loader(search_path: str | None) -> Loader:
    """Return a loader that finds what botocore's own does.

    Args:
        search_path: more folders with data, as AWS_DATA_PATH names them.
    """
    folders = search_path.split(os.pathsep) if search_path is not None else []
    expanded = [os.path.expanduser(os.path.expandvars(folder)) for folder in folders]  # noqa: PTH111 - as botocore does it
    return _DirectLoader(extra_search_paths=expanded)


class _DirectLoader(Loader):
    def list_available_services(  # pyright: ignore[reportIncompatibleMethodOverride] - botocore asks no more of it
        self, type_name: str
    ) -> Collection[str]:
        return _Services(self, type_name)

    def list_all_services(self, type_name: str) -> list[str]:
        """Look into the folders of all services."""
        return super().list_available_services(type_name)


class _Services(Collection[str]):
    """The services that have a file of one type, listed only for who goes through them."""

    def __init__(self, loader: _DirectLoader, type_name: str) -> None:
        self._loader = loader
        self._type_name = type_name

    def __contains__(self, name: object) -> bool:
        try:
            return bool(self._loader.list_api_versions(str(name), self._type_name))
        except DataNotFoundError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._loader.list_all_services(self._type_name))

    def __len__(self) -> int:
        return len(self._loader.list_all_services(self._type_name))
