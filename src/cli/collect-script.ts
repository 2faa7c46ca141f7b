/**
 * Collects what inquest reads best, on one node: raw /proc and cgroup files every second, each in a folder named by the
 * epoch milliseconds at which it was taken, and static facts once. POSIX sh; reads only, writes into one new folder,
 * stops by time and by size, runs at the lowest priority.
 */
export const collectScript = `#!/bin/sh
# inquest collect: what inquest reads best, from one node. Read-only, bounded, light.
#   sh collect.sh [SECONDS] [PID...]     default 120 seconds; PIDs are processes to look at closely
# Writes inquest-HOST-TIME.tar.gz into the current folder. Look through it before you send it:
# it holds names of processes, mounts and network interfaces, kernel messages and addresses of connections.
set -u
export LC_ALL=C
seconds=\${1:-120}
[ $# -gt 0 ] && shift
case $seconds in ''|*[!0-9]*) echo "usage: sh collect.sh [SECONDS] [PID...]" >&2; exit 1;; esac
[ "$seconds" -gt 3600 ] && seconds=3600
limit_kb=400000
host=$(uname -n)
start=$(date +%s)
out=inquest-$host-$start
mkdir "$out" "$out/facts" "$out/proc" || exit 1
renice 19 $$ >/dev/null 2>&1
command -v ionice >/dev/null 2>&1 && ionice -c 3 -p $$ >/dev/null 2>&1

now() { t=$(date +%s%3N); case $t in *N) t=$(date +%s)000;; esac; echo "$t"; }
keep() { # keep FILE under the same path below $1
  [ -r "$2" ] || return 0
  mkdir -p "$1/\${2%/*}" 2>/dev/null
  cat "$2" >"$1/$2" 2>/dev/null || rm -f "$1/$2"
}

# --- facts, once -----------------------------------------------------------------------------------------------
{ uname -a; } >"$out/facts/uname.txt"
sysctl -a 2>/dev/null | grep -E '^(kernel\\.(numa|sched|hung|softlockup|pid_max|threads)|vm\\.|net\\.(core|ipv4|netfilter)|fs\\.(file|nr_open))' >"$out/facts/sysctl.txt"
for f in /proc/cpuinfo /proc/meminfo /proc/mounts /proc/interrupts /proc/version /proc/sys/kernel/random/boot_id; do
  keep "$out/facts" "$f"
done
for f in /sys/devices/system/node/online /sys/devices/system/node/node*/meminfo /sys/devices/system/node/node*/numastat /sys/devices/system/node/node*/cpulist \\
         /sys/kernel/mm/transparent_hugepage/enabled /sys/kernel/mm/transparent_hugepage/defrag /sys/class/net/*/queues/rx-*/rps_cpus; do
  keep "$out/facts" "$f"
done
dmesg 2>/dev/null | tail -n 2000 >"$out/facts/dmesg.txt"
command -v ip >/dev/null 2>&1 && { ip -s link; ip route; } >"$out/facts/ip.txt" 2>/dev/null
for p in "$@"; do
  # never numa_maps, smaps or maps: they take the lock of the process's memory map and would add to its suffering
  for f in cgroup limits status; do
    [ -r "/proc/$p/$f" ] && { mkdir -p "$out/facts/proc/$p"; head -c 200000 "/proc/$p/$f" >"$out/facts/proc/$p/$f" 2>/dev/null; }
  done
done

# --- samples, every second -------------------------------------------------------------------------------------
files="stat vmstat meminfo loadavg schedstat softirqs diskstats pressure/cpu pressure/io pressure/memory
net/dev net/snmp net/netstat net/sockstat net/softnet_stat sys/net/netfilter/nf_conntrack_count sys/fs/file-nr"
slow="interrupts buddyinfo zoneinfo"
tasks="stat status sched schedstat io net/netstat net/snmp net/sockstat net/dev"
end=$((start + seconds))
n=0
next=$(now)
while [ "$(date +%s)" -lt "$end" ]; do
  t=$(now)
  d=$out/proc/$t
  mkdir "$d" 2>/dev/null || { sleep 1; continue; }
  for f in $files; do
    case $f in */*) mkdir -p "$d/\${f%/*}";; esac
    cat "/proc/$f" >"$d/$f" 2>/dev/null || rm -f "$d/$f"
  done
  if [ $((n % 10)) -eq 0 ]; then
    for f in $slow; do cat "/proc/$f" >"$d/$f" 2>/dev/null; done
    used=$(du -sk "$out" | cut -f1)
    [ "$used" -gt "$limit_kb" ] && { echo "stopped at $used kB" >&2; break; }
  fi
  for p in "$@"; do
    for f in $tasks; do
      mkdir -p "$d/$p/net"
      cat "/proc/$p/$f" >"$d/$p/$f" 2>/dev/null || rm -f "$d/$p/$f"
    done
    g=$(sed -n 's/^0:://p' "/proc/$p/cgroup" 2>/dev/null)
    for f in cpu.stat memory.stat memory.current memory.events cpu.pressure io.pressure memory.pressure pids.current; do
      [ -n "$g" ] && [ -r "/sys/fs/cgroup$g/$f" ] && { mkdir -p "$d/cgroup$g"; cat "/sys/fs/cgroup$g/$f" >"$d/cgroup$g/$f" 2>/dev/null; }
    done
  done
  n=$((n + 1))
  # on the second, whatever the reading took; late rounds are not made up for
  next=$((next + 1000))
  rest=$((next - $(now)))
  if [ "$rest" -gt 0 ]; then
    sleep "$((rest / 1000)).$(printf %03d $((rest % 1000)))" 2>/dev/null || sleep 1
  else
    next=$(now)
  fi
done
sysctl -a 2>/dev/null | grep -E '^(kernel\\.(numa|sched)|vm\\.|net\\.(core|ipv4|netfilter))' >"$out/facts/sysctl-end.txt"

tar -czf "$out.tar.gz" "$out" && rm -rf "$out"
echo "wrote $out.tar.gz ($n samples); look through it before you send it" >&2

# --- from Prometheus, for the same span (run where it answers; a 5 s step shows short episodes) -----------------
# for m in kubeskoop_tcpsummary_tcprxqueue kubeskoop_tcp_passiveopens kubeskoop_tcpext_listendrops \\
#          container_cpu_cfs_throttled_seconds_total node_pressure_io_waiting_seconds_total node_vmstat_numa_pages_migrated; do
#   curl -sG "$PROMETHEUS/api/v1/query_range" --data-urlencode "query=$m" -d start=START -d end=END -d step=5 >"$m.json"
# done
`;
