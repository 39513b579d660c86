#!/bin/sh
# `amends …` with the settings of the unit beside it: install it as /usr/local/bin/amends, then `sudo -u amends amends …`.
# The file is read line by line, as systemd does: a shell would end a value at its first `&`.
while IFS='=' read -r name value || [ -n "$name" ]; do
    case $name in AMENDS_*) export "$name=$value" ;; esac
done < /etc/amends/settings
export AMENDS_DATA="${AMENDS_DATA:-/var/lib/amends}"
exec /opt/amends/.venv/bin/amends "$@"
