#!/bin/bash
# Second stage: the control group namespace is rooted at the host's group. In a unified tree a group with
# children may hold no process itself, so this one and what follows move into a leaf.
set -eu
if [ "$LAB_CGROUP_KIND" = v2 ]; then
    leaf=/sys/fs/cgroup/$LAB_CGROUP/$LAB_NAME/init
    mkdir -p "$leaf" && echo $$ >"$leaf/cgroup.procs" || true
fi
exec unshare --mount --uts --ipc --pid --fork --mount-proc --kill-child bash "$LAB_SCRIPTS/host_init.sh"
