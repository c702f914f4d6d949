"""vmgui: run virtual machines on many libvirt hosts, by point and click."""

__version__ = "0.1.0"
