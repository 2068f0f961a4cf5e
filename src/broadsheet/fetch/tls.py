"""The certificates of this machine, read when the first https address is asked and not before.

aiohttp reads them twice when it is imported: half as much work as a whole poll of feeds that have nothing new.
"""

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _no_certificates() -> Iterator[None]:
    """Let OpenSSL find no certificates meanwhile; SSL_CERT_FILE and SSL_CERT_DIR are its own variables for that."""
    paths = ssl.get_default_verify_paths()
    before = {name: os.environ.get(name) for name in (paths.openssl_cafile_env, paths.openssl_capath_env)}
    os.environ.update(dict.fromkeys(before, os.devnull))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


with _no_certificates():
    import aiohttp.connector  # noqa: F401  from here on its own contexts trust nobody, and nobody uses them


def trusting_this_machine() -> ssl.SSLContext:
    """Make a context that verifies names and certificates against those of this machine (RFC 9110, section 4.3.4)."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
