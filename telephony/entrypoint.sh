#!/bin/sh
# Fills in the configuration of telephony/asterisk in a container, and becomes Asterisk. Environment:
# ARI_PASSWORD (needed), ARI_USER, SYSTEM_NAME, SOFTPHONE_PASSWORD, RTP_START, RTP_END, RTP_TIMEOUT_SECONDS,
# EXTERNAL_ADDRESS (how carriers reach this machine, behind NAT), LOCAL_NET (addresses that need no NAT).
# In TEMPLATES, ROOT, CARRIERS, CALL_RECORDS, MODULES_DIR and DATA_DIR a container needs no others.
set -eu
templates=${TEMPLATES:-/templates}
root=${ROOT:-/asterisk}
carriers=${CARRIERS:-/carriers}
records=${CALL_RECORDS:-/call-records}
etc=$root/etc
: "${ARI_PASSWORD:?set CLARION_ASTERISK_PASSWORD: Clarion signs in at Asterisk with it}"

# A secret that nobody knows is as good as none: no telephone can register then.
softphone=${SOFTPHONE_PASSWORD:-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')}
modules=${MODULES_DIR:-$(dirname "$(find /usr/lib -name chan_pjsip.so | head -n 1)")}

rm -rf "$etc"
mkdir -p "$etc" "$root/state/cache" "$root/state/keys" "$root/spool/recording" "$root/run" "$root/log"
# Asterisk writes its call record below its log folder; Clarion reads it from a volume.
[ -e "$root/log/cel-custom" ] || ln -s "$records" "$root/log/cel-custom"

word() { printf 's|@%s@|%s|g\n' "$1" "$(printf %s "$2" | sed 's/[\\&|]/\\&/g')"; }
words=$(
  word ETC_DIR "$etc"
  word MODULES_DIR "$modules"
  word STATE_DIR "$root/state"
  word DATA_DIR "${DATA_DIR:-/usr/share/asterisk}"
  word SPOOL_DIR "$root/spool"
  word RUN_DIR "$root/run"
  word LOG_DIR "$root/log"
  word SYSTEM_NAME "${SYSTEM_NAME:-$(hostname)}"
  word ARI_BIND 0.0.0.0
  word ARI_PORT "${ARI_PORT:-8088}"
  word ARI_USER "${ARI_USER:-clarion}"
  word ARI_PASSWORD "$ARI_PASSWORD"
  word SIP_BIND 0.0.0.0
  word SIP_PORT "${SIP_PORT:-5060}"
  word SOFTPHONE_PASSWORD "$softphone"
  word CARRIERS_DIR "$carriers"
  word RTP_START "${RTP_START:-10000}"
  word RTP_END "${RTP_END:-10499}"
  word RTP_TIMEOUT_SECONDS "${RTP_TIMEOUT_SECONDS:-120}"
  word STRICT_RTP yes
  word MESSAGES_FILE console
)
for file in "$templates"/*.conf; do
  sed "$words" "$file" >"$etc/$(basename "$file")"
done
rm -f "$etc/transport-lan.conf"
for name in acl ccss cli_aliases dnsmgr features musiconhold pjproject sorcery udptl websocket_client; do
  [ -e "$etc/$name.conf" ] || : >"$etc/$name.conf"
done
if [ -n "${EXTERNAL_ADDRESS:-}" ]; then
  {
    echo "external_signaling_address=$EXTERNAL_ADDRESS"
    echo "external_media_address=$EXTERNAL_ADDRESS"
    for net in ${LOCAL_NET:-10.0.0.0/8 172.16.0.0/12 192.168.0.0/16}; do echo "local_net=$net"; done
  } >"$etc/transport-udp.conf"
fi
chmod -R go-rwx "$etc"
exec "${ASTERISK:-asterisk}" -f -C "$etc/asterisk.conf"
