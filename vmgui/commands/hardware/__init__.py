"""A form for each kind of device, and for what a machine is beside its devices. Pure."""
