"""Disks that fail: `python tests/faults.py` lets each system call of publishing fail in turn, with each error.

strace makes the kernel refuse them (Linux). After each, the folder must hold the old set or the new one, the process
must have ended as documented, and the next run must succeed and tidy up.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from publisher import CHANGES, whole

HERE = Path(__file__).resolve().parent
ERRORS = ("ENOSPC", "EIO", "EACCES")
CALLS = (
    "open,openat,creat,write,pwrite64,close,fsync,fdatasync,ftruncate,flock,lseek,ioctl,fcntl,getdents64,"
    "stat,lstat,newfstatat,fstat,statx,access,faccessat,faccessat2,readlink,getcwd,mkdir,mkdirat,rmdir,unlink,unlinkat,"
    "rename,renameat,renameat2,chmod,fchmod,fchmodat,chown,fchown,fchownat,utimensat,listxattr,flistxattr,getxattr,setxattr"
)


def calls(folder: Path) -> Counter[str]:
    """How often publishing makes each system call that touches files."""
    _, trace = publish(folder, f"trace={CALLS}")
    return Counter(re.findall(r"^(?:\[pid +\d+\] )?(\w+)\(", trace, re.MULTILINE))


def publish(folder: Path, *expressions: str) -> tuple[int, str]:
    """The exit code of a process that publishes once while strace does what `expressions` say, and strace's talk."""
    command = [sys.executable, str(HERE / "publisher.py"), str(folder), "1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        tracer = ["strace", "-f", "-p", str(process.pid), *(f"-e{expression}" for expression in expressions)]
        with subprocess.Popen(tracer, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr
            talk = strace.stderr.readline()  # that it is attached
            process.stdin.write(b"go\n")
            process.stdin.flush()
            talk += strace.stderr.read()
    return process.wait(), talk


def fail(folder: Path, call: str, number: int, error: str) -> list[str]:
    """What is wrong when the `number`-th `call` of publishing fails with `error`."""
    code, _ = publish(folder, f"trace={call}", f"inject={call}:error={error}:when={number}")
    faults = [] if code in (0, 6) else [f"exit code {code}"]
    if not whole(folder):
        faults.append("neither the old nor the new set")
    code, _ = publish(folder, "trace=none")
    if code or not whole(folder):
        faults.append("the next run did not succeed")
    if left := [path.name for path in folder.parent.iterdir() if path.name not in (folder.name, CHANGES)]:
        faults.append(f"left behind: {left}")
    return faults


def cases() -> Iterator[tuple[str, int, str]]:
    """Every call that publishing makes, with every error."""
    with tempfile.TemporaryDirectory() as place:
        made = calls(Path(place) / "output")
    for call, times in sorted(made.items()):
        for number in range(1, times + 1):
            for error in ERRORS:
                yield call, number, error


def main() -> int:
    tried = failed = 0
    for call, number, error in cases():
        with tempfile.TemporaryDirectory() as place:
            faults = fail(Path(place) / "output", call, number, error)
        tried += 1
        failed += bool(faults)
        for fault in faults:
            print(f"{call} no. {number}, {error}: {fault}", flush=True)
    print(f"{tried} failures injected, {failed} not survived")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
