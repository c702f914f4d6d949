"""Tags and folders of virtual machines: the dialog that changes them."""
