"""The engine on many machines: the same jobs as tasks of a Dask cluster; see the README beside this file.

Importing this package needs no Dask: :class:`Cluster` says where one is, :mod:`autograder.cluster.runner` goes there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cluster:
    """Where a Dask cluster is, and how it is talked to.

    Attributes:
        address: of its scheduler, ``tcp://host:8786`` or ``tls://host:8786``.
        tls_ca: certificate of the authority that signed the cluster's certificates; with the other two, or none.
        tls_cert: our certificate.
        tls_key: its private key.
    """

    address: str
    tls_ca: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
