#!/bin/busybox sh
# The first process of the test VM: loads the modules in their order, runs the tests, switches off.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev
for module in /modules/*.ko; do
    $b insmod "$module" || echo "module $module was refused"
done
/inside start
echo "the tests' program ended with $?"
$b poweroff -f
