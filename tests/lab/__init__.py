"""Real libvirt hosts on one machine, for the tests and for people who want to click through the program.

Each host is a libvirtd in namespaces of its own (network, mounts, process ids, host name, cgroups), with a
private /etc, /run, /var/lib/libvirt and a wire to a common switch. Nothing of the machine's own libvirt is
touched. Hosts a and b run what is installed on the machine, host-c the libvirt and QEMU of Debian 13. When a
host's first process dies the kernel takes its guests, mounts and network away with it.

By hand: ``python -m tests.lab up | status | down``. In tests: the fixtures of ``tests.lab.fixtures``.
"""
