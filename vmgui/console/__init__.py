"""A guest's display and serial line, without Qt and without libvirt."""
