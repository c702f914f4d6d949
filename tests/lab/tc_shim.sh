#!/bin/sh
# Stands before the real tc inside a lab host. libvirt shapes a guest's network card with sch_sfq and cls_fw;
# a kernel without them (or without act_police) refuses, so the queue becomes a plain fifo, and the mark and
# police filters are left out: a limit is accepted and reported back, but only the inbound one is enforced.
# While /run/lab/no-tc-shim exists the real answer is passed on (a fixture for error tests).
real=/run/lab/tc
if [ -e /run/lab/no-tc-shim ]; then exec "$real" "$@"; fi
output=$("$real" "$@" 2>&1) && { [ -z "$output" ] || printf '%s\n' "$output"; exit 0; }
status=$?
case " $* " in
    *" sfq "*)
        words=
        for word in "$@"; do
            case "$word" in
                sfq) words="$words pfifo"; break ;;
                *) words="$words $word" ;;
            esac
        done
        # shellcheck disable=SC2086 - the words are libvirt's own, without spaces
        exec "$real" $words ;;
    *" filter "*" fw "* | *" filter "*" police "*) exit 0 ;;
esac
printf '%s\n' "$output" >&2
exit "$status"
