# shellcheck shell=bash
# Read by host_init.sh for a host of another Debian release: that release's tree, which all hosts share and none
# changes, becomes the root, with a layer over it that goes with the host. pivot_root and not chroot: in a
# chroot the kernel refuses the user namespaces that virtiofsd and passt need.
mount -t tmpfs -o mode=0755 tmpfs /run
mkdir /run/layer /run/work /run/new
mount -t overlay -o "lowerdir=$LAB_TREE,upperdir=/run/layer,workdir=/run/work" overlay /run/new
cd /run/new
mount -t proc proc proc
mount --rbind /dev dev
# What the other hosts see of this machine, too: its files, guests' kernels in the lab's cache, and these scripts.
for shared in /tmp /var/tmp "$LAB_ROOT" "$LAB_CACHE" "$LAB_SCRIPTS"; do
    mkdir -p ".$shared"
    mount --bind "$shared" ".$shared"
done
mkdir .old
pivot_root . .old
umount --lazy /.old
rmdir /.old
cd /
hash -r
