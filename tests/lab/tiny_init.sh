#!/bin/busybox sh
# Process 1 of the tiny guest. Words on the kernel's command line:
#   dirty[=MIB]  write to MIB (default 32) of memory in a loop, so that migration has work to do
#   noagent      no guest agent, though its channel is there
#   nodhcp       leave the network card alone
#   mount=DEV    mount /dev/DEV (ext4) on /mnt, so that freezing file systems has something to freeze
#   stubborn     ignore the power button and the agent's shutdown
/bin/busybox --install -s
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
hostname tiny
echo 3 >/proc/sys/kernel/printk
load() { while read -r module; do insmod "$module" 2>/dev/null; done <"/modules/$1"; }
load first
load later &
ip link set lo up

word() { for one in $(cat /proc/cmdline); do [ "${one%%=*}" = "$1" ] && echo "${one#*=}" && return 0; done; return 1; }

if name=$(word mount); then
    for _ in 1 2 3 4 5 6 7 8 9 10; do [ -b "/dev/$name" ] && break; sleep 0.2; done
    mount "/dev/$name" /mnt
fi
if ! word nodhcp >/dev/null && [ -e /sys/class/net/eth0 ]; then
    ip link set eth0 up
    udhcpc -b -q -t 20 -T 1 -i eth0 -s /bin/dhcp_script >/dev/null 2>&1 &
fi
if ! word stubborn >/dev/null; then
    acpid -f -l /dev/null -c /etc/acpi >/dev/null 2>&1 &
    ln -s /bin/halt_guest /sbin/shutdown
else
    ln -s /bin/true /sbin/shutdown
fi
if ! word noagent >/dev/null; then
    # The port appears when the module has talked to the device, and again when it is plugged in later.
    while true; do
        port=/dev/virtio-ports/org.qemu.guest_agent.0
        for entry in /sys/class/virtio-ports/*; do
            [ "$(cat "$entry/name" 2>/dev/null)" = org.qemu.guest_agent.0 ] || continue
            mkdir -p /dev/virtio-ports
            ln -sf "/dev/${entry##*/}" "$port"
            qemu-ga -m virtio-serial -p "$port" -l /var/log/qemu-ga.log -t /var/run
        done
        sleep 1
    done &
fi
if size=$(word dirty); then
    [ "$size" = dirty ] && size=32
    mount -t tmpfs -o size=100% tmpfs /tmp
    while true; do dd if=/dev/urandom of=/tmp/dirt bs=1M count="$size" conv=notrunc 2>/dev/null; done &
fi
echo "tiny guest ready"
while true; do
    setsid cttyhack sh -l </dev/ttyS0 >/dev/ttyS0 2>&1
done
