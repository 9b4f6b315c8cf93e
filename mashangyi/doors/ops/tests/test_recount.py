"""`mashangyi recount`: the operator puts right what the doctor found in the figures."""

import json

import pytest

from mashangyi.civic.insight import projection, queries
from mashangyi.civic.insight.models import Tally
from mashangyi.doors.ops import health
from mashangyi.doors.ops.command import main
from mashangyi.doors.ops.commands.prepare import make_keys
from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.intake.actions import record_report
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_was_changed_by_hand_is_right_again(capsys):
    make_keys()
    record_report(factories.room(), "路灯不亮", by=ANYONE)
    projection.project()
    Tally.objects.filter(figure="topics").update(n=5)
    assert any("tally topics" in fault for fault in health.OF_THE_DATA["figures"]())
    assert main(["recount", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["faults"] == 0
    assert health.OF_THE_DATA["figures"]() == []
    assert queries.figures_of(queries.path_to("3208")[-1]).of("topics") == 1
