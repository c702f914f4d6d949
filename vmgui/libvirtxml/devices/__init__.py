"""One declaration for each kind of device."""
