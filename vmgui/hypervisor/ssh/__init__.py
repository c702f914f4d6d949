"""qemu+ssh done with OpenSSH: one login per host, whatever it asks asked in the program's own window."""
