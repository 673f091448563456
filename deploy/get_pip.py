"""Put pip into the virtual environment that runs this, where Python came without it (Debian without python3-venv).

Only the standard library is there yet. Pip's wheel comes from PyPI, is checked against its SHA-256 and installs itself.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

INDEX = "https://pypi.org/pypi/pip/json"
SECONDS = 60


def main() -> None:
    """Fetch the newest pip and let it install itself."""
    with urllib.request.urlopen(INDEX, timeout=SECONDS) as answer:
        wheel = next(file for file in json.load(answer)["urls"] if file["packagetype"] == "bdist_wheel")
    with urllib.request.urlopen(urljoin(INDEX, wheel["url"]), timeout=SECONDS) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != wheel["digests"]["sha256"]:
        sys.exit("pip's wheel does not match its checksum")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / wheel["filename"]
        path.write_bytes(content)
        subprocess.run([sys.executable, str(path / "pip"), "install", "-q", "--no-index", str(path)], check=True)


if __name__ == "__main__":
    main()
