"""The municipality's own log-in, against a provider that may lie."""

from __future__ import annotations

import base64
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from joserfc.jwk import RSAKey
from sqlalchemy import Engine

from connectors.database import off_loop
from connectors.desk import medarbejdere
from connectors.desk.indlogning import Inde
from connectors.desk.kommunelogin import modtag
from connectors.desk.models import Medarbejder
from connectors.desk.settings import DeskSettings
from tests.desk.kontor import medarbejder, ny_browser
from tests.desk.udbyder import CLIENT, SECRET, Udbyder
from tests.website.fakes import House

Client = TestClient[Any, Any]


@pytest.fixture
async def udbyder() -> AsyncIterator[Udbyder]:
    fake = Udbyder()
    await fake.start()
    yield fake
    await fake.stop()


def settings(udbyder: Udbyder, **more: Any) -> DeskSettings:
    return DeskSettings(oidc_issuer=udbyder.issuer, oidc_client_id=CLIENT, **{"oidc_client_secret": SECRET, **more})


@pytest.fixture
async def client(house: House, udbyder: Udbyder) -> Client:
    return ny_browser(await house.gateway(desk=settings(udbyder)))


async def begynd(client: Client, videre: str = "") -> str:
    answer = await client.get("/desk/login/kommune", params={"videre": videre}, allow_redirects=False)
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"]


async def log_ind(client: Client, udbyder: Udbyder, videre: str = "", **query: str) -> Any:
    """All the way; ``query`` is put over what the provider sends back."""
    back = udbyder.log_ind(await begynd(client, videre))
    return await client.get("/desk/login/kommune/svar", params={**back, **query}, allow_redirects=False)


async def people(engine: Engine) -> list[Medarbejder]:
    return await off_loop(medarbejdere.alle, engine)


async def test_an_unknown_person_with_a_role_is_made_and_gets_in(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    page = await (await client.get("/desk/login?videre=/desk/konto")).text()
    assert 'href="/desk/login/kommune?videre=/desk/konto"' in page
    answer = await log_ind(client, udbyder, "/desk/konto")
    assert (answer.status, answer.headers["Location"]) == (303, "/desk/konto")
    assert "Bo Prøve" in await (await client.get("/desk/konto")).text()
    (bo,) = await people(engine)
    assert (bo.brugernavn, bo.fornavn, bo.roller, bo.adgangskode) == ("bo", "Bo", ["front"], None)
    basic = base64.b64encode(b"desken:hemmelig+%26+lang").decode()
    assert udbyder.asked[0]["authorization"] in (
        f"Basic {basic}",
        "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode(),
    )
    assert "client_secret" not in udbyder.asked[0]


async def test_name_and_roles_are_renewed_at_each_log_in(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    await log_ind(client, udbyder)
    udbyder.person |= {"name": "Bo Nyenavn", "email": "Bo@example.dk", "roles": ["redaktør", "ukendt"]}
    await log_ind(ny_browser(client), udbyder)
    (bo,) = await people(engine)
    assert (bo.navn, bo.email, bo.roller, bo.version) == ("Bo Nyenavn", "bo@example.dk", ["redaktør"], 2)


@pytest.mark.parametrize("roles", [[], ["noget andet"], None, "noget", {"front": True}, [7]])
async def test_without_a_role_of_ours_nobody_is_made(client: Client, udbyder: Udbyder, engine: Engine, roles: object) -> None:
    udbyder.claims = {"roles": roles}
    answer = await log_ind(client, udbyder)
    assert answer.status == 403 and "ingen af dine roller giver adgang" in await answer.text()
    assert await people(engine) == []


async def test_who_loses_the_last_role_is_out_everywhere(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    await log_ind(client, udbyder)
    udbyder.claims = {"roles": []}
    assert (await log_ind(ny_browser(client), udbyder)).status == 403
    assert (await client.get("/desk/konto", allow_redirects=False)).status == 303
    assert (await people(engine))[0].roller == []


async def test_who_was_deactivated_stays_out(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    await log_ind(client, udbyder)
    (bo,) = await people(engine)
    await off_loop(medarbejdere.saet_aktiv, engine, bo.id, bo.version, False, None, bo.oprettet)
    answer = await log_ind(ny_browser(client), udbyder)
    assert answer.status == 403 and "er lukket" in await answer.text()


async def test_roles_are_mapped_from_where_the_settings_say(house: House, udbyder: Udbyder, engine: Engine) -> None:
    desk = settings(udbyder, oidc_role_claim="realm.roles", oidc_roles={"KK-Erhverv": "front", "KK-Chef": "analytiker"})
    client = ny_browser(await house.gateway(desk=desk))
    udbyder.person |= {"realm": {"roles": ["KK-Chef", "KK-Erhverv", "admin"]}}
    assert (await log_ind(client, udbyder)).status == 303
    assert (await people(engine))[0].roller == ["front", "analytiker"]


async def test_a_local_account_of_the_same_name_is_somebody_else(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    local = await off_loop(medarbejder, engine, "bo", ["admin"])
    await log_ind(client, udbyder)
    assert {row.brugernavn: row.roller for row in await people(engine)} == {"bo": ["admin"], "bo-2": ["front"]}
    assert (await off_loop(medarbejdere.hent, engine, local.id)).oidc_id is None


LIES: dict[str, dict[str, Any]] = {
    "udsteder": {"iss": "https://en-anden.example"},
    "modtager": {"aud": "en anden"},
    "flere modtagere uden azp": {"aud": [CLIENT, "en anden"]},
    "azp": {"azp": "en anden"},
    "udløbet": {"exp": int(time.time()) - 300},
    "uden udløb": {"exp": None},
    "ikke endnu": {"nbf": int(time.time()) + 3600},
    "nonce": {"nonce": "en anden"},
    "uden nonce": {"nonce": None},
    "uden person": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
async def test_an_id_token_that_is_wrong_lets_nobody_in(client: Client, udbyder: Udbyder, engine: Engine, lie: str) -> None:
    udbyder.claims = LIES[lie]
    answer = await log_ind(client, udbyder)
    assert answer.status == 403 and "kunne ikke bekræftes" in await answer.text()
    assert "desk" not in answer.cookies and await people(engine) == []


async def test_an_id_token_signed_by_another_lets_nobody_in(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    udbyder.signed_with = RSAKey.generate_key(2048, {"kid": "k1"})
    assert (await log_ind(client, udbyder)).status == 403
    assert await people(engine) == []


async def test_an_unsigned_id_token_lets_nobody_in(client: Client, udbyder: Udbyder, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsigned(_: Udbyder, nonce: str) -> str:
        parts = ('{"alg":"none"}', f'{{"iss":"{udbyder.issuer}","aud":"{CLIENT}","sub":"1","exp":9999999999,"nonce":"{nonce}"}}')
        return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."

    monkeypatch.setattr(Udbyder, "_id_token", unsigned)
    assert (await log_ind(client, udbyder)).status == 403


async def test_new_keys_of_the_provider_are_fetched_when_they_are_met(client: Client, udbyder: Udbyder) -> None:
    await log_ind(client, udbyder)
    await log_ind(ny_browser(client), udbyder)
    assert udbyder.key_requests == 1
    udbyder.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
    assert (await log_ind(ny_browser(client), udbyder)).status == 303
    assert udbyder.key_requests == 2


@pytest.mark.parametrize(
    "query", [{"state": "en anden"}, {"state": ""}, {"iss": "https://en-anden.example"}, {"code": ""}, {"code": "gættet"}]
)
async def test_an_answer_that_does_not_belong_to_the_question(
    client: Client, udbyder: Udbyder, engine: Engine, query: dict
) -> None:
    assert (await log_ind(client, udbyder, **query)).status == 403
    assert await people(engine) == []


async def test_an_answer_in_another_browser_than_the_question(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    back = udbyder.log_ind(await begynd(client))
    for cookies in ({}, {"desk-kommune": "vroevl"}):
        other = ny_browser(client)
        other.session.cookie_jar.update_cookies(cookies)
        answer = await other.get("/desk/login/kommune/svar", params=back)
        assert answer.status == 400 and "Prøv igen" in await answer.text()
    assert await people(engine) == []


async def test_who_says_no_over_there_is_told_so(client: Client, udbyder: Udbyder) -> None:
    back = udbyder.log_ind(await begynd(client))
    denied = {"error": "access_denied", "state": back["state"]}
    answer = await client.get("/desk/login/kommune/svar", params=denied)
    assert answer.status == 403 and "Du afbrød" in await answer.text()


@pytest.mark.parametrize(
    "fault",
    [
        {"discovery_status": 500},
        {"about": {"issuer": "https://en-anden.example"}},
        {"about": {"jwks_uri": "http://127.0.0.1:1/keys"}},
        {"about": {"token_endpoint": None}},
    ],
)
async def test_a_provider_in_disorder_is_told_before_one_is_sent_there(client: Client, udbyder: Udbyder, fault: dict) -> None:
    for name, value in fault.items():
        setattr(udbyder, name, value)
    answer = await client.get("/desk/login/kommune", allow_redirects=False)
    if "token_endpoint" in fault.get("about", {}):
        answer = await log_ind(client, udbyder)
    assert answer.status == 503 and "svarer ikke" in await answer.text()


@pytest.mark.parametrize(("status", "body"), [(500, None), (200, "ikke JSON"), (200, "[]")])
async def test_a_provider_that_fails_in_the_middle_is_told(
    client: Client, udbyder: Udbyder, status: int, body: str | None
) -> None:
    udbyder.token_status, udbyder.token_body = status, body
    answer = await log_ind(client, udbyder)
    assert answer.status == 503 and "svarer ikke" in await answer.text()


async def test_a_provider_that_is_gone_is_told_and_local_log_in_still_offered(client: Client, udbyder: Udbyder) -> None:
    await udbyder.stop()
    answer = await client.get("/desk/login/kommune")
    assert answer.status == 503 and "lokal konto" in await answer.text()
    assert (await client.get("/desk/login")).status == 200


async def test_a_public_client_proves_itself_by_pkce_alone(house: House, udbyder: Udbyder) -> None:
    client = ny_browser(await house.gateway(desk=settings(udbyder, oidc_client_secret=None)))
    assert (await log_ind(client, udbyder)).status == 303
    assert udbyder.asked[0]["authorization"] == "" and udbyder.asked[0]["client_id"] == CLIENT


async def test_a_provider_that_wants_the_secret_in_the_form(client: Client, udbyder: Udbyder) -> None:
    udbyder.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert (await log_ind(client, udbyder)).status == 303
    assert udbyder.asked[0]["client_secret"] == SECRET and udbyder.asked[0]["authorization"] == ""


async def test_without_a_provider_there_is_no_such_way_in(house: House) -> None:
    client = await house.gateway(desk=DeskSettings())
    assert "kommunens log-ind" not in await (await client.get("/desk/login")).text()
    for path in ("/desk/login/kommune", "/desk/login/kommune/svar"):
        assert (await client.get(path)).status == 404


async def test_two_first_log_ins_at_once_make_one_person(client: Client, udbyder: Udbyder, engine: Engine) -> None:
    claims = {"iss": udbyder.issuer, **udbyder.person}
    nu = (await off_loop(medarbejder, engine, "anna")).oprettet

    def at_once() -> list[Any]:
        with ThreadPoolExecutor(4) as four:
            return list(four.map(lambda _: modtag(engine, claims, settings(udbyder), nu), range(4)))

    assert all(isinstance(found, Inde) for found in await off_loop(at_once))
    assert len(await people(engine)) == 2
