"""A lab host as tests use it: its guests, and how it becomes again what it was before a test."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import libvirt
import libvirt_qemu

from tests.helpers.waiting import PATIENCE_S
from tests.lab.alpine_guest import ALPINE_KERNEL_WORDS, ALPINE_MEMORY_MIB, alpine_guest
from tests.lab.cleaning import HostIsBeyondCleaning, clean_host
from tests.lab.domain_xml import Disk, GuestSpec, TinyWords, domain_xml, serial_log, tiny_spec
from tests.lab.host_machine import HostMachine
from tests.lab.tiny_guest import READY

_CLEAN_DEADLINE_S = 30.0
_POLL_S = 0.05


class LabHost(HostMachine):
    """A host and its guests. Everything here blocks: in an async test use asyncio.to_thread."""

    # Making guests ----------------------------------------------------------------------------------------

    def define(self, spec: GuestSpec, *, start: bool = False) -> str:
        """Define a guest, returns its UUID."""
        return self.define_xml(domain_xml(spec), start=start)

    def define_xml(self, xml: str, *, start: bool = False) -> str:
        with self.connect() as connection:
            domain = connection.defineXML(xml)
            if start:
                domain.create()
            return domain.UUIDString()

    def define_tiny(
        self,
        name: str,
        memory_mib: int = 128,
        *,
        start: bool = False,
        words: TinyWords | None = None,
        **fields: Any,
    ) -> str:
        """Define a tiny guest; `fields` are those of GuestSpec, `words` go to its kernel command line."""
        return self.define(tiny_spec(name, words, memory_mib=memory_mib, **fields), start=start)

    def define_alpine(self, name: str, *, start: bool = False, by_kernel: bool = True, **fields: Any) -> str:
        """Define an Alpine guest on a disk of its own in the pool "default"; started directly by its kernel
        (sooner at the prompt) or by the disk's boot loader."""
        alpine = alpine_guest()
        disk = Disk(self.put_image(alpine.disk, f"{name}.qcow2"))
        values: dict[str, Any] = {"memory_mib": ALPINE_MEMORY_MIB, "agent": False, "disks": (disk,)}
        if by_kernel:
            values |= {
                "kernel": alpine.kernel,
                "initrd": alpine.initrd,
                "kernel_words": ALPINE_KERNEL_WORDS,
            }
        return self.define(GuestSpec(name, **(values | fields)), start=start)

    def make_disk(self, name: str, size_mib: int = 64, image_format: str = "qcow2") -> str:
        """An empty image in the pool "default"; returns its path as the host sees it."""
        subprocess.run(
            ["qemu-img", "create", "-q", "-f", image_format, str(self.images_path / name), f"{size_mib}M"],
            check=True,
        )
        with self.connect() as connection:
            connection.storagePoolLookupByName("default").refresh()
        return f"{self.images_dir}/{name}"

    # Watching guests --------------------------------------------------------------------------------------

    def state(self, name: str) -> int | None:
        """A VIR_DOMAIN_* state, None when there is no such guest."""
        with self.connect() as connection:
            try:
                return connection.lookupByName(name).state()[0]
            except libvirt.libvirtError as error:
                if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN:
                    return None
                raise

    def serial_bytes(self, name: str) -> bytes:
        """All that a guest wrote to its serial line since it was last started from off."""
        try:
            return self.inside(serial_log(name)).read_bytes()
        except OSError:
            return b""

    def wait_serial(self, name: str, text: bytes = READY, timeout_s: float = PATIENCE_S) -> bytes:
        """Wait until `text` stands on a guest's serial line; returns all that does."""
        return self._wait(lambda: self.serial_bytes(name), lambda seen: text in seen, timeout_s, f"{text!r}")

    def wait_screen(self, name: str, minimum_bytes: int, timeout_s: float = PATIENCE_S) -> bytes:
        """Wait until a guest's screen is rich enough to need that many bytes as PNG; returns the picture.
        For the installer CD: PAGE_BYTES of installer_cd."""
        return self._wait(
            lambda: self.screenshot(name)[1],
            lambda seen: len(seen) >= minimum_bytes,
            timeout_s,
            "rich screen",
        )

    def wait_agent(self, name: str, timeout_s: float = PATIENCE_S) -> None:
        """Wait until a guest's agent answers."""
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                self.agent(name, "guest-ping")
            except libvirt.libvirtError as error:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no agent in {name} on {self.name}: {error}") from error
                time.sleep(_POLL_S)
            else:
                return

    def agent(self, name: str, command: str, **arguments: Any) -> Any:
        """What a guest's agent returns to a command."""
        request: dict[str, Any] = {"execute": command}
        if arguments:
            request["arguments"] = arguments
        with self.connect() as connection:
            domain = connection.lookupByName(name)
            return json.loads(libvirt_qemu.qemuAgentCommand(domain, json.dumps(request), 5, 0))["return"]

    def screenshot(self, name: str) -> tuple[str, bytes]:
        """MIME type and bytes of virDomainScreenshot: PNG here, PPM on older hosts."""
        with self.connect() as connection:
            stream = connection.newStream()
            mime = connection.lookupByName(name).screenshot(stream, 0)
            picture = bytearray()
            stream.recvAll(lambda _stream, data, _opaque: picture.extend(data), None)
            stream.finish()
            return mime, bytes(picture)

    def _wait(
        self, look: Callable[[], bytes], good: Callable[[bytes], bool], timeout_s: float, what: str
    ) -> bytes:
        deadline = time.monotonic() + timeout_s
        while True:
            seen = look()
            if good(seen):
                return seen
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name}: no {what} after {timeout_s:g} s; the last: {seen[-600:]!r}")
            time.sleep(_POLL_S)

    # After a test -----------------------------------------------------------------------------------------

    def destroy_all(self) -> None:
        """Make the host what it was when new: no guests, volumes, networks or pools but the first ones, daemon
        and wire working. What resists is solved by a new host (0.5 s)."""
        reason = self._clean()
        if reason is not None:
            sys.stderr.write(f"lab: {self.name} is made anew: {reason}\n")
            self.restart()

    def _clean(self) -> str | None:
        """None when all went well, else why not."""
        if not self.is_up:
            return "it was down"
        self.mend_network()
        self.resume_daemon()
        reasons: list[str] = []

        def work() -> None:
            try:
                self.start_daemon()
                with self.connect() as connection:
                    clean_host(connection, self.inside("/"))
            except (HostIsBeyondCleaning, libvirt.libvirtError, OSError, RuntimeError) as error:
                reasons.append(str(error) or type(error).__name__)

        # A libvirt call in a daemon that hangs cannot be called off: leave the thread and kill the daemon.
        thread = threading.Thread(target=work, name=f"lab clean {self.name}", daemon=True)
        thread.start()
        thread.join(_CLEAN_DEADLINE_S)
        if thread.is_alive():
            with contextlib.suppress(TimeoutError):
                self.kill_daemon()
            thread.join(_CLEAN_DEADLINE_S)
            return "libvirtd did not answer"
        return reasons[0] if reasons else None
