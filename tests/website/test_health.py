"""Health, readiness and counts; the last two for the inner network only."""

import pytest
from sqlalchemy import Engine, text

from bot.knowledge.problem import Problem
from connectors.database import writing
from tests.website.fakes import Chat, FakeRasa, House


async def test_alive(client):
    response = await client.get("/healthz")
    assert (response.status, await response.json()) == (200, {"status": "ok"})


async def test_readyz_lists_everything(house: House, client, engine: Engine):
    house.knowledge.problems = [
        Problem("ydelser/x.yml", 3, "id mangler"),
        Problem("y.yml", 1, "mangler en prøve", blocking=False),
    ]
    response = await client.get("/readyz")
    assert response.status == 200
    assert await response.json() == {
        "status": "ok",
        "database": {"status": "ok", "slags": engine.dialect.name},
        "model": {"status": "ok", "model": "prøvemodel"},
        "actions": {"status": "ok", "model": "prøvemodel"},
        "knowledge": {
            "status": "fejl",
            "version": "prøve",
            "problems": [{"path": "knowledge/ydelser/x.yml", "line": 3, "message": "id mangler"}],
        },
        "zammad": {"status": "slukket"},
        "eksempelvaerdier": ["kontakt: Telefon", "svarfrist_ellers"],
    }


async def test_readyz_is_200_without_rasa_for_messages_are_taken_all_the_same(client, rasa: FakeRasa):
    await rasa.stop()
    response = await client.get("/readyz")
    body = await response.json()
    assert (response.status, body["model"], body["actions"]) == (200, {"status": "nede"}, {"status": "nede"})


async def test_readyz_tells_of_actions_that_run_in_rasa_what_it_tells_of_rasa(house: House, rasa: FakeRasa):
    client = await house.gateway(actions_url=None)
    assert (await (await client.get("/readyz")).json())["actions"] == {"status": "ok"}
    await rasa.stop()
    assert (await (await client.get("/readyz")).json())["actions"] == {"status": "nede"}


async def test_readyz_tells_of_the_rasa_that_is_not_well(house: House, rasa: FakeRasa, unused_tcp_port: int):
    client = await house.gateway(rasa_url=f"{house.rasa_url},http://127.0.0.1:{unused_tcp_port}", actions_url=None)
    body = await (await client.get("/readyz")).json()
    assert (body["status"], body["model"], body["actions"]) == ("ok", {"status": "nede"}, {"status": "nede"})
    other = FakeRasa()
    await other.start(unused_tcp_port)
    try:
        assert (await (await client.get("/readyz")).json())["model"] == {"status": "ok", "model": "prøvemodel"}
    finally:
        await other.stop()


async def test_readyz_is_503_without_the_tables(client, engine: Engine):
    with writing(engine) as session:
        for table in ("samtale_note", "knap", "besked", "samtale"):
            session.execute(text(f"DROP TABLE {table}"))
    response = await client.get("/readyz")
    assert (response.status, (await response.json())["database"]["status"]) == (503, "fejl")
    assert (await client.get("/healthz")).status == 200


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
async def test_the_outside_sees_neither(client, path: str):
    response = await client.get(path, headers={"X-Forwarded-For": "203.0.113.9"})
    assert (response.status, (await response.json())["error"]["code"]) == (403, "forbudt")


async def test_metrics_count(chat: Chat, client, rasa: FakeRasa):
    await chat.say("Jeg er 010190-1234")
    await chat.settled()
    await rasa.stop()
    await chat.press((await chat.get())["messages"][-1]["buttons"][0]["payload"])
    await chat.settled()
    await client.get("/findes-ikke/010190")
    response = await client.get("/metrics")
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = (await response.text()).splitlines()
    for line in [
        'erhverv_messages_total{slags="tekst"} 1',
        'erhverv_messages_total{slags="knap"} 1',
        "erhverv_cpr_masked_total 1",
        "erhverv_answers_total 2",
        'erhverv_failures_total{aarsag="utilgaengelig"} 1',
        "erhverv_sessions_total 1",
        'erhverv_requests_total{metode="POST",rute="/api/chat/messages",status="202"} 2',
        'erhverv_requests_total{metode="GET",rute="ukendt",status="404"} 1',
        'erhverv_answer_seconds_bucket{le="+Inf"} 2',
        "erhverv_answer_seconds_count 2",
    ]:
        assert line in lines, line
    assert "010190" not in "\n".join(lines)
