"""libvirt XML to model and back; the only user of lxml."""
