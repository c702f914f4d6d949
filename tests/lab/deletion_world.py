"""Disk images of a lab host and what deleting machines would do to them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.helpers.world import World
from tests.lab.lab_host import LabHost
from vmgui.model.deletion import DeletionPlan, KeepReason
from vmgui.model.domain import DomainKey
from vmgui.model.job import Job
from vmgui.services.deletion import DeletionService

POOL = "<pool type='dir'><name>{name}</name><target><path>{path}</path></target></pool>"


def make_image(path: Path, *options: str) -> None:
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", *options, str(path), "64M"], check=True)


def overlay(host: LabHost, name: str, base: str) -> str:
    """An image in the pool's folder based on `base`, both as the host sees them; the pool is not told."""
    backing = ("-u", "-b", f"{host.images_dir}/{base}", "-F", "qcow2")
    make_image(host.images_path / name, *backing)
    return f"{host.images_dir}/{name}"


def files(host: LabHost) -> set[str]:
    return {path.name for path in host.images_path.iterdir()}


def reasons(plan: DeletionPlan) -> dict[str, KeepReason]:
    return {file.path.rpartition("/")[2]: file.reason for file in plan.files}


async def delete_all_offered(world: World, service: DeletionService, key: DomainKey) -> Job:
    plan = await service.plan(key)
    chosen = frozenset(file.path for file in plan.files if file.can_delete)
    return await world.jobs.wait(service.delete(plan, chosen))
