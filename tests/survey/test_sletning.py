"""What is erased with a case, and what stays because it is nobody's."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from connectors.crm.opbevaring import slet_personoplysninger
from connectors.database import writing
from connectors.survey.besvarelse import gem
from tests.crm.eksempler import NU
from tests.survey.sager import besvarelser, breve, invitationer, lukket_sag


def test_the_invitation_goes_with_the_case_and_the_answer_stays(engine: Engine) -> None:
    lukket_sag(engine)
    with writing(engine) as session:
        assert gem(session, invitationer(engine)[0].id, {"kompetence": 3}, None, NU)
    lukket_sag(engine, noegle="anden")
    assert slet_personoplysninger(engine, NU + dt.timedelta(days=1), NU + dt.timedelta(days=400), "slettet") == 2
    assert invitationer(engine) == [] and breve(engine) == []
    assert [svar.kompetence for svar in besvarelser(engine)] == [3]
