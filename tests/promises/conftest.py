"""The told and furnished town that the tests of all pages look at: one for each process of the test run."""

import json
from dataclasses import dataclass

import pytest

from tests.server import Site

FURNISH = """
import json
from tests.promises.furnishing import furnish, sessions
print(json.dumps({"found": furnish(), "sessions": sessions()}))
"""


@dataclass(frozen=True)
class Standing:
    """A running site; `found` fills the addresses of pages, `sessions` are those of the demo accounts."""

    site: Site
    found: dict[str, dict]
    sessions: dict[str, str]

    @property
    def url(self) -> str:
        return self.site.url

    def cookies(self, visitor: str, **more: str) -> dict[str, str]:
        """The cookies of a demo account, or of anyone at all."""
        return ({"sessionid": self.sessions[visitor]} if visitor else {}) | more


@pytest.fixture(scope="session")
def standing(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("standing") / "data")
    site.prepare("--demo")
    told = json.loads(site.run(FURNISH).splitlines()[-1])
    site.start()
    yield Standing(site, told["found"], told["sessions"])
    site.stop()
