"""Links, devices, pipes and sockets as members of a zip, by the bits that say what they are."""

import stat
import zipfile

from tests.attacks.attack import Drill
from tests.attacks.harm._collected import desk, hand_over
from tests.attacks.harness import Arena
from tests.attacks.lesson import NAME

KINDS = {
    "link": stat.S_IFLNK, "characters": stat.S_IFCHR, "blocks": stat.S_IFBLK, "pipe": stat.S_IFIFO,
    "socket": stat.S_IFSOCK,
}  # fmt: skip


def run(arena: Arena) -> list[str]:
    """Collect a zip with one of each."""

    def fill(archive: zipfile.ZipFile) -> None:
        for name, kind in KINDS.items():
            member = zipfile.ZipInfo(f"{name}/{NAME}.ipynb")
            member.create_system, member.external_attr = 3, (kind | 0o4777) << 16
            archive.writestr(member, str(made.root.parents[2] / "etc" / "sentinel.ipynb"))
        folder = zipfile.ZipInfo("through")
        folder.create_system, folder.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(folder, "../../etc")
        archive.writestr("through/sentinel.ipynb", b"through a link")

    with desk() as made:
        outcome = hand_over(made, [made.zip(fill)])
        problems = outcome.problems
        # A folder that was a link is, in memory, only the name of whoever handed it in.
        if made.students() - {"alice", "zoe", "through"}:
            problems.append(f"taken in were {made.students()}")
        problems += [f"nothing is said of {name}" for name in KINDS if f"{name}/{NAME}" not in outcome.said]
    return problems


DRILL = Drill("links and devices in a zip", run, "passed over and named; the others are taken")
