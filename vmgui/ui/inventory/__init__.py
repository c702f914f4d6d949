"""The inventory tree: hosts and their virtual machines."""
