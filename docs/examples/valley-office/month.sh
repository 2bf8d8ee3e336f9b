#!/bin/sh
# A month's round: what was delivered comes in, is looked at, applied, compared with the month before,
# reported, and can be made again by anybody who has this folder.
set -eu
month="$1" before="${2:-}"
[ -f forewarn.lock ] || forewarn lock .
mkdir -p incoming reports
cp "deliveries/$month"/* incoming/

forewarn data . > "reports/$month-data.txt"
forewarn run . --state none --quiet
if [ -n "$before" ]; then
  forewarn compare "runs/$before" "runs/$month" > "reports/$month-moved.txt"
  forewarn report . --state none --against "runs/$before" -o "reports/$month.html" --quiet
  forewarn report . --state none --against "runs/$before" --audience public -o "reports/$month-public.html" --quiet
fi
forewarn verify "runs/$month"
