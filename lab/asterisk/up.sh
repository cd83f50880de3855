#!/bin/bash
# A real Asterisk on loopback, from nothing, as root, on Debian 12.
#
#   up.sh install          download and unpack; prints the tree's path
#   up.sh start            install if needed, lay the configuration, start, return when AMI answers
#   up.sh stop             stop the instance by its pid
#   up.sh restart          keeps logs, CDR and CEL files, AstDB
#   up.sh status
#   up.sh cli core show channels
#   up.sh prepare          install and lay the configuration, start nothing (for lab.ts)
#   up.sh run              run a prepared instance in the foreground; it dies with its parent (for lab.ts)
#
# Debian 12 has no asterisk package, other suites of the same mirror have one. It is fetched with an
# apt configuration of its own (the host's lists, sources and packages stay as they are), checked by
# apt against Debian's keyring, unpacked with dpkg-deb and run in a chroot. No package script runs.
#
# Settings (environment):
#   LAB_HOME      TMPDIR/ringside-asterisk   the only folder written
#   LAB_SUITES    forky sid bullseye         the first suite that carries asterisk wins; bullseye has 16
#   LAB_INSTANCE  main                       several instances can run side by side, each with its own ports
#   LAB_AMI_PORT 5038  LAB_AMI_TLS_PORT 5039  LAB_HTTP_PORT 8088  LAB_SIP_PORT 5060  LAB_CHANSIP_PORT 5061
#   LAB_TRUNK_PORT 5090  LAB_RTP_START 12000  LAB_RTP_END 12199
#   LAB_KEEP=1    prepare: keep what the last run left
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${LAB_HOME:=${TMPDIR:-/tmp}/ringside-asterisk}" "${LAB_SUITES:=forky sid bullseye}" "${LAB_INSTANCE:=main}"
: "${LAB_AMI_PORT:=5038}" "${LAB_AMI_TLS_PORT:=5039}" "${LAB_HTTP_PORT:=8088}" "${LAB_SIP_PORT:=5060}"
: "${LAB_CHANSIP_PORT:=5061}" "${LAB_TRUNK_PORT:=5090}" "${LAB_RTP_START:=12000}" "${LAB_RTP_END:=12199}"
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
RUN=$LAB_HOME/run/$LAB_INSTANCE
log() { echo "asterisk lab: $*" >&2; }

# The mirror this machine's own apt uses for its main archive.
mirror() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
    awk '$2 !~ /-security|-updates|-backports/ && !uri {uri = $1} END {print uri}'
}

install_suite() {
  local suite=$1 d=$LAB_HOME/apt/$1 tree=$LAB_HOME/tree/$1 uri extra f
  [ -e "$tree/.complete" ] && return 0
  uri=$(mirror); [ -n "$uri" ] || { log "apt's configuration names no mirror"; return 1; }
  mkdir -p "$d/lists/partial" "$d/cache/archives/partial"; : > "$d/status"
  echo "deb [signed-by=$KEYRING] $uri $suite main" > "$d/sources.list"
  local o=(-q -o "Dir::State=$d" -o "Dir::State::Lists=$d/lists" -o "Dir::State::status=$d/status"
    -o "Dir::Etc::sourcelist=$d/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferences=-
    -o Dir::Etc::preferencesparts=- -o "Dir::Cache=$d/cache" -o APT::Install-Recommends=false
    -o Acquire::Languages=none -o APT::Sandbox::User=root -o Debug::NoLocking=true
    -o DPkg::Pre-Install-Pkgs::= -o APT::Update::Post-Invoke::= -o Acquire::Retries=3)
  apt-get "${o[@]}" update > "$d/update.log" 2>&1 || { log "$suite: apt update failed, see $d/update.log"; return 1; }
  # no pipe into grep -q: with pipefail an early leaving grep would read as "no asterisk"
  [[ $(apt-cache "${o[@]}" policy asterisk 2>/dev/null) == *'Candidate: '[0-9]* ]] || { log "$suite: no asterisk"; return 1; }
  extra='busybox-static openssl'         # a /bin/sh for voicemail's mailcmd; the AMI certificate
  [[ $(apt-cache "${o[@]}" policy asterisk-voicemail 2>/dev/null) == *'Candidate: '[0-9]* ]] && extra="$extra asterisk-voicemail"
  # shellcheck disable=SC2086
  apt-get "${o[@]}" -y -d install asterisk $extra > "$d/download.log" 2>&1 || { log "$suite: download failed, see $d/download.log"; return 1; }
  rm -rf "$tree.new"; mkdir -p "$tree.new"/usr/{bin,sbin,lib,lib64}
  for f in bin sbin lib lib64; do ln -s "usr/$f" "$tree.new/$f"; done
  find "$d/cache/archives" -name '*.deb' -print0 | xargs -0 -P "$(nproc)" -n 8 sh -c 'for f; do
      dpkg-deb --fsys-tarfile "$f" | tar -x --keep-directory-symlink -C "$0" \
        --exclude "./usr/share/doc/*" --exclude "./usr/share/man/*" --exclude "./usr/share/locale/*" \
        --exclude "./usr/share/perl/*" --exclude "./usr/share/asterisk/documentation/thirdparty/*" || exit 255
    done' "$tree.new" || { log "$suite: unpacking failed"; return 1; }
  finish_tree "$tree.new" || { log "$suite: asterisk does not run"; return 1; }
  touch "$tree.new/.complete"; rm -rf "$tree" "$d/cache"; mv "$tree.new" "$tree"
}

# What the packages' own scripts would have made, as far as Asterisk needs it.
finish_tree() (
  cd "$1" || exit 1
  mkdir -p dev proc tmp run etc var/run var/tmp; chmod 1777 tmp var/tmp
  mknod -m 666 dev/null c 1 3; mknod -m 666 dev/zero c 1 5; mknod -m 666 dev/random c 1 8; mknod -m 666 dev/urandom c 1 9
  for f in sh cat cp mv rm true; do [ -e "bin/$f" ] || ln -s busybox "bin/$f"; done
  printf 'root:x:0:0:root:/root:/bin/sh\nasterisk:x:100:100::/var/lib/asterisk:/bin/sh\n' > etc/passwd
  printf 'root:x:0:\nasterisk:x:100:\n' > etc/group
  printf '127.0.0.1 localhost\n' > etc/hosts; : > etc/resolv.conf; printf 'hosts: files\n' > etc/nsswitch.conf
  [ -e usr/share/asterisk/sounds/en ] || ln -s en_US_f_Allison usr/share/asterisk/sounds/en
  printf '[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=localhost\n[ext]\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n' > ami.cnf
  chroot . /usr/bin/openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -config /ami.cnf -keyout /ami.key -out /ami.pem 2>/dev/null &&
    chroot . /usr/sbin/asterisk -V > .version
)

# One at a time, when several scripts start at once.
install() {
  local s
  mkdir -p "$LAB_HOME"; exec 9> "$LAB_HOME/.lock"; flock 9
  for s in $LAB_SUITES; do
    if install_suite "$s"; then TREE=$LAB_HOME/tree/$s; exec 9>&-; return 0; fi
  done
  log "no suite of [$LAB_SUITES] gave an asterisk"; return 1
}

# An instance is hard links of the tree (no space, 0.2 s) with configuration, logs, spool and AstDB of its own.
prepare() {
  local major f box
  install
  major=$(sed -E 's/^Asterisk ([0-9]+).*/\1/' "$TREE/.version")
  if [ "${LAB_KEEP:-0}" != 1 ] || [ ! -d "$RUN/root" ]; then
    rm -rf "$RUN/root"; mkdir -p "$RUN"
    cp -al "$TREE" "$RUN/root"
    (
      cd "$RUN/root"
      rm -rf etc/asterisk var/run var/log/asterisk var/spool/asterisk var/lib/asterisk/astdb.sqlite3
      mkdir -p etc/asterisk var/run/asterisk var/log/asterisk/{cdr-csv,cdr-custom,cel-custom} var/lib/asterisk var/cache/asterisk \
        var/spool/asterisk/{voicemail,monitor,outgoing,tmp,recording,system}
      for box in {acme,globex}/{101,102,103}; do # one second of silence as greeting: the stock one speaks for six
        mkdir -p "var/spool/asterisk/voicemail/$box"
        for f in unavail busy; do cp -L usr/share/asterisk/sounds/en/silence/1.gsm "var/spool/asterisk/voicemail/$box/$f.gsm"; done
      done
    )
  fi
  for f in "$HERE"/config/*.conf; do
    sed -e "s/@AMI_PORT@/$LAB_AMI_PORT/g; s/@AMI_TLS_PORT@/$LAB_AMI_TLS_PORT/g; s/@HTTP_PORT@/$LAB_HTTP_PORT/g" \
      -e "s/@SIP_PORT@/$LAB_SIP_PORT/g; s/@CHANSIP_PORT@/$LAB_CHANSIP_PORT/g; s/@TRUNK_PORT@/$LAB_TRUNK_PORT/g" \
      -e "s/@RTP_START@/$LAB_RTP_START/g; s/@RTP_END@/$LAB_RTP_END/g" "$f" > "$RUN/root/etc/asterisk/$(basename "$f")"
  done
  # 16 refuses an endpoint with a tenantid: lines marked ;@TENANTID@ are opened for newer ones only
  if [ "$major" -ge 22 ]; then sed -i 's/^;@TENANTID@ *//' "$RUN"/root/etc/asterisk/*.conf; fi
}

# Our pid, and really an asterisk (not a zombie, not a pid used again).
running() { [ -s "$RUN/pid" ] && [[ $(readlink "/proc/$(cat "$RUN/pid")/exe" 2>/dev/null) == */@(asterisk|chroot|setpriv) ]]; }

start() {
  local i
  if running; then log "already running, pid $(cat "$RUN/pid")"; return 0; fi
  prepare
  ulimit -n 65536 2>/dev/null || true
  setsid chroot "$RUN/root" /usr/sbin/asterisk -f -n -C /etc/asterisk/asterisk.conf < /dev/null > "$RUN/log" 2>&1 &
  echo $! > "$RUN/pid"
  for i in $(seq 300); do
    running || { log 'died at start:'; tail -20 "$RUN/log" >&2; return 1; }
    if booted; then
      log "$(cat "$TREE/.version") pid $(cat "$RUN/pid") AMI 127.0.0.1:$LAB_AMI_PORT TLS 127.0.0.1:$LAB_AMI_TLS_PORT SIP 127.0.0.1:$LAB_SIP_PORT root $RUN/root"
      return 0
    fi
    sleep 0.1
  done
  log 'not ready after 30 s'; return 1
}

booted() {
  chroot "$RUN/root" /usr/sbin/asterisk -rx 'core waitfullybooted' 2>/dev/null | grep 'fully booted' > /dev/null &&
    (exec 3<> "/dev/tcp/127.0.0.1/$LAB_AMI_PORT") 2>/dev/null
}

stop() {
  local p i
  running || { log 'not running'; rm -f "$RUN/pid"; return 0; }
  p=$(cat "$RUN/pid")
  kill "$p"
  for i in $(seq 100); do running || break; sleep 0.1; done
  if running; then kill -9 "$p"; fi
  rm -f "$RUN/pid"; log "stopped $p"
}

case "${1:-start}" in
  install) install; echo "$TREE" ;;
  prepare) prepare; cat "$TREE/.version" ;;
  run) ulimit -n 65536 2>/dev/null || true
    exec setpriv --pdeathsig TERM chroot "$RUN/root" /usr/sbin/asterisk -f -n -C /etc/asterisk/asterisk.conf ;;
  start) start ;;
  stop) stop ;;
  restart) stop; LAB_KEEP=1 start ;;
  status) if running; then log "running, pid $(cat "$RUN/pid")"; else log 'not running'; exit 1; fi ;;
  cli) shift; chroot "$RUN/root" /usr/sbin/asterisk -rx "$*" ;;
  *) sed -n '2,26p' "$0"; exit 2 ;;
esac
