"""A cluster of Ray for measures: two nodes of one core each on this machine, in an environment of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.cost import BenchError

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT / ".tools" / "cluster"
_NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 128 * 2**20}
NODES = 2


def python_with_ray() -> Path:
    """Find the Python that `./run bench parity` keeps beside .venv.

    Raises:
        BenchError: it is not there.
    """
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        raise BenchError(f"{ENVIRONMENT} is not there; `./run bench parity` prepares it")
    return python


@contextmanager
def nodes(count: int = NODES) -> Iterator[Any]:
    """Start so many nodes of a cluster, and stop them at the end; gives the cluster, which has an `address`."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray
    from ray.cluster_utils import Cluster

    cluster: Any = Cluster(initialize_head=True, head_node_args=_NODE)
    for _ in range(count - 1):
        cluster.add_node(**_NODE)
    ray.init(address=cluster.address, log_to_driver=False)
    try:
        yield cluster
    finally:
        ray.shutdown()
        cluster.shutdown()
