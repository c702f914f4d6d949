#!/bin/bash
# Process 1 of a lab host: makes the machine's directories private, starts sshd and libvirtd, says "ready"
# on its output, then reaps (a zombie QEMU makes destroy and migrate take minutes).
set -eu
root=$LAB_ROOT
cd /
# shellcheck source=tests/lab/enter_tree.sh
[ -z "$LAB_TREE" ] || . "$LAB_SCRIPTS/enter_tree.sh"

hostname "$LAB_NAME"
mount -t sysfs sysfs /sys
if [ "$LAB_CGROUP_KIND" = v2 ]; then
    mount -t cgroup2 cgroup2 /sys/fs/cgroup || true
    read -r controllers </sys/fs/cgroup/cgroup.controllers || controllers=
    for controller in $controllers; do
        echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control || true
    done 2>/dev/null
else
    mount -t tmpfs -o mode=0755 tmpfs /sys/fs/cgroup
    while IFS=: read -r _ names path; do
        [ "$path" = / ] || continue  # not in a group of ours
        case "$names" in
            '') place=unified; kind=cgroup2; options=rw ;;
            name=*) place=${names#name=}; kind=cgroup; options=none,$names ;;
            *) place=$names; kind=cgroup; options=$names ;;
        esac
        mkdir -p "/sys/fs/cgroup/$place"
        mount -t "$kind" -o "$options" cgroup "/sys/fs/cgroup/$place" || rmdir "/sys/fs/cgroup/$place"
        case "$names" in
            *,*) for one in ${names//,/ }; do ln -s "$place" "/sys/fs/cgroup/$one"; done ;;
        esac
    done </proc/self/cgroup
fi

# No message bus, no udev, no machined of the machine: a private /run hides them all.
mount -t tmpfs -o mode=0755 tmpfs /run
mkdir -p /run/lab/etc /run/lab/work /run/lab/home /run/libvirt /run/lock /run/sshd
# A tree has its layer already, and kernels stack only two.
[ -n "$LAB_TREE" ] ||
    # Locks of serial lines: of the machine where it is no link into /run.
mount -t tmpfs -o mode=1777 tmpfs /var/lock/
mount -t overlay -o lowerdir=/etc,upperdir=/run/lab/etc,workdir=/run/lab/work overlay /etc
rm -f /etc/resolv.conf
cp -a "$root/etc/." /etc/
# Root of the host: no login files of the person who runs the tests (what they print breaks qemu+ssh).
sed -i 's|^root:.*|root:x:0:0:root:/run/lab/home:/bin/sh|' /etc/passwd
sed -i 's|^root:[^:]*:|root:*:|' /etc/shadow
mkdir -p /etc/libvirt
mount --bind "$root/libvirt" /etc/libvirt
mount --bind "$root/run" /run/libvirt
mount --bind "$root/lib" /var/lib/libvirt
mount --bind "$root/log" /var/log/libvirt
mount --bind "$root/cache" /var/cache/libvirt
# A killed emulator leaves the locks of its serial lines; where this is no link into /run it is the machine's.
[ -L /var/lock ] || mount --bind /run/lock /var/lock
[ ! -d /var/lib/swtpm-localca ] || mount -t tmpfs tmpfs /var/lib/swtpm-localca
if [ -e "$root/small.img" ]; then
    mount -o loop "$root/small.img" /var/lib/libvirt/small ||
        mount -t tmpfs -o size=60m tmpfs /var/lib/libvirt/small
    # As it is after each test: else the pool has something in it for the first one only.
    rmdir /var/lib/libvirt/small/lost+found 2>/dev/null || true
fi

tc=$(command -v tc)
touch /run/lab/tc
mount --bind "$tc" /run/lab/tc
install -m 0755 "$LAB_SCRIPTS/tc_shim.sh" /run/lab/tc-shim
mount --bind /run/lab/tc-shim "$tc"

export HOME=/run/lab/home LC_ALL=C.UTF-8
cd "$HOME"
"$(command -v sshd)" -f /etc/lab/sshd_config -E /run/lab/sshd.log
sh "$LAB_SCRIPTS/libvirtd_start.sh"

echo ready
exec >/dev/null 2>&1
sleep infinity &
while true; do wait -n || true; done
