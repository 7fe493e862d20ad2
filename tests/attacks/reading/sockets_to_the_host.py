"""Services of the machine are asked over the network: loopback, unix sockets, the metadata address."""

from tests.attacks.attack import Attack, Notebook

SOURCE = r"""
import socket

for family, kind in (
    (socket.AF_INET, socket.SOCK_STREAM),
    (socket.AF_INET6, socket.SOCK_DGRAM),
    (socket.AF_NETLINK, socket.SOCK_RAW),
):
    try:
        with socket.socket(family, kind):
            print("BREACH: a socket of family", family)
    except OSError:
        pass
try:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.bind("\0breach")
        print("BREACH: an abstract unix socket")
except OSError:
    pass
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE)


ATTACK = Attack("services on the loopback interface are reached", build)
