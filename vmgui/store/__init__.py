"""What stays on this computer: settings, hosts, keyring, paths."""
