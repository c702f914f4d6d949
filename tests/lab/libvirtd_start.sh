#!/bin/sh
# Starts a host's libvirtd and returns when it answers. Comes from process 1 or from outside through nsenter:
# the daemon must be in the host's control groups either way.
set -eu
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    set -- /sys/fs/cgroup/init
else
    set -- /sys/fs/cgroup/*
fi
for group in "$@"; do
    [ -L "$group" ] || [ ! -e "$group/cgroup.procs" ] || echo $$ >"$group/cgroup.procs" || true
done 2>/dev/null
exec libvirtd --daemon --listen --config /etc/libvirt/libvirtd.conf --pid-file /run/libvirt/libvirtd.pid
