"""A daemon that speaks Spanish, German or French is understood by its numbers, and never misunderstood."""

from __future__ import annotations

import errno
from typing import cast

import libvirt
import pytest

from tests.unit.hypervisor.test_errors import failure
from vmgui.hypervisor import lifecycle, storage
from vmgui.hypervisor.errors import from_libvirt
from vmgui.model import errors
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import VmguiError
from vmgui.policy.diagnosis import diagnose

DBUS_SERVICE = libvirt.VIR_ERR_DBUS_SERVICE
INTERNAL, SYSTEM = libvirt.VIR_ERR_INTERNAL_ERROR, libvirt.VIR_ERR_SYSTEM_ERROR
FAILED, INVALID = libvirt.VIR_ERR_OPERATION_FAILED, libvirt.VIR_ERR_OPERATION_INVALID
NETWORK, STORAGE, DOMAIN = libvirt.VIR_FROM_NETWORK, libvirt.VIR_FROM_STORAGE, libvirt.VIR_FROM_DOMAIN
QEMU, RPC, POLKIT = libvirt.VIR_FROM_QEMU, libvirt.VIR_FROM_RPC, libvirt.VIR_FROM_POLKIT
NO_NET = "la operación solicitada no es válida: la red 'mi red' no está activa"
UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f"


@pytest.mark.parametrize(
    ("code", "domain", "number", "words", "kind", "subject"),
    [
        (INVALID, NETWORK, -1, NO_NET, errors.NetworkInactive, "mi red"),
        (INVALID, NETWORK, -1, "Ungültige Operation: Netzwerk »default« ist nicht aktiv", errors.NetworkInactive, "default"),
        (INVALID, NETWORK, -1, "L'opération n'est pas valide : le réseau « l'un » n'est pas actif", errors.NetworkInactive, "l'un"),
        (INVALID, NETWORK, -1, "no es válida: no se puede conectar 'vnet0' en 'virbr0': se excede el ancho de banda", errors.NetworkFailure, ""),
        (INVALID, NETWORK, -1, "la operación solicitada no es válida: la red ya está activa", errors.InvalidState, ""),
        (INVALID, STORAGE, -1, "la operación solicitada no es válida: el grupo de almacenamiento 'default' no se encuentra activo", errors.PoolInactive, "default"),
        (FAILED, DOMAIN, -1, f"falló la operación: el dominio 'web' ya existe con uuid {UUID}", errors.AlreadyExists, ""),
        (FAILED, NETWORK, -1, f"falló la operación: la red 'web' ya existe con uuid {UUID}", errors.AlreadyExists, ""),
        (FAILED, STORAGE, -1, f"falló la operación: el grupo 'web' ya ha sido definido con uuid {UUID}", errors.AlreadyExists, ""),
        (FAILED, DOMAIN, -1, "falló la operación: el dominio no se está ejecutando", errors.LibvirtFailure, ""),
        (libvirt.VIR_ERR_RESOURCE_BUSY, libvirt.VIR_FROM_LOCKSPACE, -1, "recurso ocupado: el recurso '/imágenes/a b.qcow2' está bloqueado", errors.DiskLocked, "/imágenes/a b.qcow2"),
        (libvirt.VIR_ERR_RESOURCE_BUSY, libvirt.VIR_FROM_LOCKING, -1, "recurso ocupado: no se obtuvo el bloqueo", errors.DiskLocked, ""),
        (SYSTEM, QEMU, errno.ENOSPC, "no se puede escribir: No queda espacio en el dispositivo", errors.NoSpace, ""),
        (SYSTEM, QEMU, errno.EDQUOT, "no se puede escribir: Se ha excedido la cuota de disco", errors.NoSpace, ""),
        (SYSTEM, STORAGE, errno.EROFS, "no se puede abrir '/x': Sistema de ficheros de sólo lectura", errors.PermissionDenied, ""),
        (SYSTEM, QEMU, errno.EACCES, "no se puede abrir '/x': Permiso denegado", errors.PermissionDenied, ""),
        (SYSTEM, QEMU, errno.ENOENT, "no se puede abrir '/x': No existe el fichero o el directorio", errors.StorageFailure, ""),
        (SYSTEM, QEMU, errno.ESTALE, "no se puede abrir '/x': Manejador de fichero en desuso", errors.StorageFailure, ""),
        (SYSTEM, STORAGE, errno.ENODEV, "no se puede abrir la ruta '/x': No existe el dispositivo", errors.StorageFailure, ""),
        (SYSTEM, QEMU, errno.EINVAL, "no se puede crear el dispositivo tap: Argumento inválido", errors.LibvirtFailure, ""),
        (libvirt.VIR_ERR_AGENT_UNRESPONSIVE, QEMU, -1, "El agente invitado no responde", errors.AgentUnavailable, ""),
        (112, QEMU, -1, "se agotó el tiempo de espera del agente", errors.AgentUnavailable, ""),
        (INTERNAL, QEMU, -1, "error interno: algo que nadie ha visto nunca", errors.LibvirtFailure, ""),
        (INVALID, QEMU, -1, "la operación solicitada no es válida: el dominio no se está ejecutando", errors.InvalidState, ""),
        (INTERNAL, QEMU, -1, "error interno: el proceso terminó al conectar con el monitor: qemu: Failed to get \"write\" lock\nIs another process using the image [/a.qcow2]?", errors.DiskLocked, "/a.qcow2"),
    ],
)  # fmt: skip
def test_in_use(
    code: int, domain: int, number: int, words: str, kind: type[VmguiError], subject: str
) -> None:
    found = from_libvirt(failure(code, words, domain=domain, int1=number))
    assert (type(found), found.subject, found.detail) == (kind, subject, words)


@pytest.mark.parametrize(
    ("code", "domain", "number", "words", "kind", "found"),
    [
        (libvirt.VIR_ERR_AUTH_UNAVAILABLE, POLKIT, -1, "autenticación no disponible: ningún agente", errors.PermissionDenied, Diagnosis.NO_POLKIT_AGENT),
        (libvirt.VIR_ERR_AUTH_FAILED, POLKIT, -1, "falló la autenticación: acceso denegado por la política", errors.PermissionDenied, Diagnosis.NO_PERMISSION),
        (libvirt.VIR_ERR_AUTH_CANCELLED, POLKIT, -1, "el usuario canceló la autenticación", errors.AuthCancelled, Diagnosis.CANCELLED),
        (libvirt.VIR_ERR_AUTH_FAILED, RPC, -1, "falló la autenticación", errors.AuthFailed, Diagnosis.PASSWORD_REFUSED),
        (DBUS_SERVICE, libvirt.VIR_FROM_DBUS, -1, "No hay conexión con el bus del sistema", errors.HostUnreachable, Diagnosis.NO_PERMISSION),
        (libvirt.VIR_ERR_NO_CONNECT, libvirt.VIR_FROM_NONE, -1, "no hay controlador para xen:///system", errors.HostUnreachable, Diagnosis.NO_DRIVER),
        (INTERNAL, libvirt.VIR_FROM_NONE, -1, "error interno: ruta inesperada '/x', intente con qemu:///system", errors.HostUnreachable, Diagnosis.BAD_ADDRESS),
        # libvirt in parts: one daemon answers, and does not reach the other.
        (SYSTEM, RPC, errno.ENOENT, "No se pudo conectar el socket a '/var/run/libvirt/virtqemud-sock': No existe", errors.HostUnreachable, Diagnosis.LIBVIRT_STOPPED),
        (SYSTEM, RPC, errno.EACCES, "No se pudo conectar el socket a '/var/run/libvirt/virtqemud-sock': Permiso denegado", errors.PermissionDenied, Diagnosis.NO_PERMISSION),
        (SYSTEM, RPC, errno.ECONNREFUSED, "No se pudo conectar el socket a '/run/user/1000/libvirt/virtqemud-sock': rechazada", errors.HostUnreachable, Diagnosis.LIBVIRT_STOPPED),
        # It is there, and has too much to do.
        (SYSTEM, RPC, errno.EAGAIN, "No se pudo conectar el socket a '/var/run/libvirt/libvirt-sock': Recurso no disponible temporalmente", errors.HostUnreachable, Diagnosis.UNKNOWN),
        (SYSTEM, RPC, errno.ECONNRESET, "No se puede leer de '/var/run/libvirt/libvirt-sock': Conexión reinicializada", errors.HostUnreachable, Diagnosis.UNKNOWN),
        # polkit has refused nothing: it was not reached.
        (DBUS_SERVICE, libvirt.VIR_FROM_DBUS, -1, "error from service: GDBus.Error:org.freedesktop.DBus.Error.TimedOut: Failed to activate service 'org.freedesktop.PolicyKit1': timed out (service_start_timeout=25000ms)", errors.HostUnreachable, Diagnosis.UNKNOWN),
        (DBUS_SERVICE, libvirt.VIR_FROM_DBUS, -1, "error del servicio: GDBus.Error:org.freedesktop.DBus.Error.NoReply: el destinatario se desconectó", errors.HostUnreachable, Diagnosis.UNKNOWN),
        (DBUS_SERVICE, libvirt.VIR_FROM_DBUS, -1, "error from service: CheckAuthorization: Timeout was reached", errors.HostUnreachable, Diagnosis.UNKNOWN),
        # Said by its helper at the end of ssh's line: which of the two it is cannot be known.
        (SYSTEM, RPC, errno.EIO, "End of file while reading data: virt-ssh-helper: no se puede conectar a '/var/run/libvirt/libvirt-sock': Permiso denegado: Input/output error", errors.HostUnreachable, Diagnosis.UNKNOWN),
        (INTERNAL, QEMU, -1, "error interno: algo que nadie ha visto nunca", errors.HostUnreachable, Diagnosis.UNKNOWN),
    ],
)  # fmt: skip
def test_while_connecting(
    code: int, domain: int, number: int, words: str, kind: type[VmguiError], found: Diagnosis
) -> None:
    error = from_libvirt(failure(code, words, domain=domain, int1=number), opening=True)
    assert (type(error), diagnose(error, "qemu+tcp://host-a/system")) == (kind, found)


@pytest.mark.parametrize(
    ("domain", "words", "kind"),
    [
        (
            NETWORK,
            "Requested operation is not valid: network is already active as 'default'",
            errors.InvalidState,
        ),
        (
            STORAGE,
            "Requested operation is not valid: storage pool 'default' is already active",
            errors.InvalidState,
        ),
        (
            STORAGE,
            "Requested operation is not valid: storage pool 'default' is still active",
            errors.InvalidState,
        ),
        (STORAGE, "Requested operation is not valid: storage pool 'default' is starting up", errors.Busy),
        (
            STORAGE,
            "Requested operation is not valid: volume 'a.qcow2' is still being allocated.",
            errors.Busy,
        ),
        (STORAGE, "Requested operation is not valid: volume 'a.qcow2' is still in use.", errors.Busy),
        (
            STORAGE,
            "Requested operation is not valid: volume target path '/a' already exists",
            errors.AlreadyExists,
        ),
    ],
)
def test_words_that_are_understood_say_more(domain: int, words: str, kind: type[VmguiError]) -> None:
    assert type(from_libvirt(failure(INVALID, words, domain=domain))) is kind


class Machine:
    """One whose start is refused; its only disk is a volume of a pool."""

    def __init__(self, words: str) -> None:
        self._error = failure(libvirt.VIR_ERR_CONFIG_UNSUPPORTED, words, domain=DOMAIN)

    def lookupByUUIDString(self, _uuid: str) -> Machine:
        return self

    def hasManagedSaveImage(self) -> int:
        return 0

    def XMLDesc(self, _flags: int) -> str:
        disk = "<disk type='volume' device='disk'><source pool='mi grupo' volume='a.qcow2'/><target dev='vda'/></disk>"
        return f"<domain type='qemu'><name>web</name><uuid>{UUID}</uuid><devices>{disk}</devices></domain>"

    def createWithFlags(self, _flags: int) -> None:
        raise self._error


def test_the_pool_of_a_machines_disk_is_told_by_the_names() -> None:
    machine = Machine("no soportado: el grupo 'mi grupo', que contiene 'a.qcow2', no está activo")
    with pytest.raises(errors.PoolInactive) as caught:
        lifecycle.start(cast("libvirt.virConnect", machine), "uuid")
    assert caught.value.subject == "mi grupo"


def test_other_names_say_nothing_of_a_pool() -> None:
    machine = Machine("no soportado: el modelo 'mi grupo' del dispositivo 'vdb'")
    with pytest.raises(libvirt.libvirtError):
        lifecycle.start(cast("libvirt.virConnect", machine), "uuid")


class Volume:
    """Somebody is filling it."""

    def storageVolLookupByPath(self, _path: str) -> Volume:
        return self

    def name(self) -> str:
        return "a.qcow2"

    def delete(self) -> None:
        words = "la operación no es válida: el volumen 'a.qcow2' aún está en uso"
        raise failure(INVALID, words, domain=STORAGE)


def test_a_volume_that_is_there_is_no_pool_that_is_not_started() -> None:
    with pytest.raises(errors.Busy) as caught:
        storage.delete_volume(cast("libvirt.virConnect", Volume()), "/images/a.qcow2")
    assert type(caught.value) is errors.Busy
    assert caught.value.subject == "a.qcow2"
