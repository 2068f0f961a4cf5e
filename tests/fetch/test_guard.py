import socket

import pytest

from broadsheet.errors import ConfigError
from broadsheet.fetch.guard import BlockedAddressError, guarded_socket, may_reach, read_networks


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2002:a00:1::",
        "2002:7f00:1::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_public_is_not_reached(address: str) -> None:
    assert not may_reach(address, ())


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"],
)
def test_the_public_internet_is_reached(address: str) -> None:
    assert may_reach(address, ())


@pytest.mark.parametrize(
    ("allow", "address", "reached"),
    [
        ("127.0.0.0/8", "127.0.0.1", True),
        ("127.0.0.0/8", "::ffff:127.0.0.1", True),
        ("127.0.0.0/8", "::1", False),
        ("127.0.0.0/8", "10.0.0.1", False),
        ("::1/128", "::1", True),
        ("fd00::/8", "fd00::1", True),
        ("192.168.1.7", "192.168.1.7", True),
        ("192.168.1.7", "192.168.1.8", False),
    ],
)
def test_a_network_can_be_opened(allow: str, address: str, reached: bool) -> None:
    assert may_reach(address, read_networks([allow])) is reached


def test_what_is_no_network_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match=r"fetch\.allow: 'localhost'") as caught:
        read_networks(["10.0.0.0/8", "localhost"])
    assert caught.value.exit_code == 2


def test_no_socket_is_opened_to_a_blocked_address() -> None:
    with pytest.raises(BlockedAddressError, match=r"fetch\.allow") as caught:
        guarded_socket(())((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
    assert caught.value.address == "127.0.0.1"


def test_a_socket_is_opened_to_an_allowed_address() -> None:
    open_socket = guarded_socket(read_networks(["127.0.0.0/8"]))
    with open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))) as opened:
        assert opened.family == socket.AF_INET
