"""The sample server stays on loopback, keeps its word about change, and turns from morning to evening."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession

from broadsheet.demo import FeedServer, pictures, serve_feeds, subscriptions


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with serve_feeds() as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def test_every_subscription_answers_but_the_one_that_is_gone(server: FeedServer, client: ClientSession) -> None:
    statuses = {}
    for wish in subscriptions(server.address):
        async with client.get(wish.address) as answer:
            statuses[wish.name] = answer.status
    assert [name for name, status in statuses.items() if status != 200] == ["东湖在线"]
    assert statuses["东湖在线"] == 404


async def test_types_are_served_as_the_reading_list_says(server: FeedServer, client: ClientSession) -> None:
    for file, said in [("chengdong.xml", "text/html"), ("chenzhou.rdf", "text/xml; charset=utf-8")]:
        async with client.get(f"{server.address}feeds/{file}") as answer:
            assert answer.headers["Content-Type"] == said


@pytest.mark.parametrize("condition", ["If-None-Match", "If-Modified-Since"])
async def test_what_did_not_change_is_304_with_its_validators(
    server: FeedServer, client: ClientSession, condition: str
) -> None:
    address = f"{server.address}feeds/jiangan.xml"
    async with client.get(address) as first:
        held = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    async with client.get(address, headers={condition: held[condition]}) as second:
        assert second.status == 304
        assert await second.read() == b""
        assert second.headers["ETag"] == held["If-None-Match"]


async def test_turning_to_the_evening_changes_what_differs_and_only_that(
    server: FeedServer, client: ClientSession
) -> None:
    files = {"nanqiao.xml": 200, "ostrava.xml": 304}
    held = {}
    for file in files:
        async with client.get(f"{server.address}feeds/{file}") as answer:
            held[file] = answer.headers
    server.show("evening")
    for file, status in files.items():
        conditions = {"If-None-Match": held[file]["ETag"], "If-Modified-Since": held[file]["Last-Modified"]}
        async with client.get(f"{server.address}feeds/{file}", headers=conditions) as answer:
            assert answer.status == status


async def test_the_tag_outranks_the_date(server: FeedServer, client: ClientSession) -> None:
    conditions = {"If-None-Match": '"another"', "If-Modified-Since": "Sat, 27 Aug 2022 00:00:00 GMT"}
    async with client.get(f"{server.address}feeds/jinglun.xml", headers=conditions) as answer:
        assert answer.status == 200


async def test_pictures_are_served_and_others_are_not(server: FeedServer, client: ClientSession) -> None:
    for name, body in pictures().items():
        async with client.get(f"{server.images}{name}") as answer:
            assert await answer.read() == body
    async with client.get(f"{server.images}none.png") as answer:
        assert answer.status == 404


async def test_feeds_point_to_the_pictures_where_they_will_stay(client: ClientSession) -> None:
    async with (
        serve_feeds("https://paper.example/demo-img/") as server,
        client.get(f"{server.address}feeds/chenzhou.rdf") as answer,
    ):
        assert b"https://paper.example/demo-img/plant.png" in await answer.read()


async def test_the_server_is_on_loopback_alone_and_takes_the_port_it_is_given(server: FeedServer) -> None:
    place = urlsplit(server.address)
    assert place.hostname == "127.0.0.1"
    with pytest.raises(OSError, match="in use"):
        async with serve_feeds(port=place.port or 0):
            pass


async def test_articles_are_served_and_robots_are_told(server: FeedServer, client: ClientSession) -> None:
    async with client.get(f"{server.address}tram-2/") as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert f"{server.images}bridge.png" in await answer.text()
    async with client.get(f"{server.address}robots.txt") as answer:
        assert "Disallow: /print/" in await answer.text()
    async with client.get(f"{server.address}print/") as answer:
        assert answer.status == 404
