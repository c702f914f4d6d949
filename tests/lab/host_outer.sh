#!/bin/bash
# First stage of a lab host, already in its own network namespace: the wire to the switch and the host's
# control groups, which need the machine's process ids and mounts. Then the private namespaces.
# Wanted in the environment: LAB_NAME LAB_ROOT LAB_ADDRESS LAB_MAC LAB_SWITCH_PID LAB_CGROUP LAB_SCRIPTS LAB_PORT.
set -eu

ip -batch - <<END
link set lo up
link add eth0 address $LAB_MAC type veth peer name $LAB_PORT netns $LAB_SWITCH_PID
addr add $LAB_ADDRESS/24 dev eth0
link set eth0 up
END
nsenter --net="/proc/$LAB_SWITCH_PID/ns/net" ip link set "$LAB_PORT" master switch up

# A subtree per host: guests of two hosts may have the same name and number. Best effort: a host whose
# control groups are refused still runs guests.
join() {
    mkdir -p "$1" 2>/dev/null && echo $$ >"$1/cgroup.procs" 2>/dev/null
}
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    export LAB_CGROUP_KIND=v2
    top=/sys/fs/cgroup/$LAB_CGROUP
    mkdir -p "$top" || true
    read -r controllers </sys/fs/cgroup/cgroup.controllers || true
    for controller in $controllers; do
        echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control || true
        echo "+$controller" >"$top/cgroup.subtree_control" || true
    done 2>/dev/null
    join "$top/$LAB_NAME" || true
else
    export LAB_CGROUP_KIND=v1
    for tree in /sys/fs/cgroup/*/; do
        [ -L "${tree%/}" ] && continue
        group=$tree$LAB_CGROUP/$LAB_NAME
        if [ -e "$tree/cpuset.cpus" ]; then
            mkdir -p "$group"
            for step in "$tree$LAB_CGROUP" "$group"; do
                for what in cpuset.cpus cpuset.mems; do
                    cat "$tree/$what" >"$step/$what" || true
                done
            done
        fi
        join "$group" || true
    done
fi
exec unshare --cgroup bash "$LAB_SCRIPTS/host_middle.sh"
